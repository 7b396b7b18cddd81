/// The components of the DR plan, by resource type.
enum PlanComponent {
    static func of(type: String) -> String? {
        let name = type.hasPrefix("data.") ? String(type.dropFirst(5)) : type
        for (prefixes, component) in table where prefixes.contains(where: name.hasPrefix) { return component }
        return nil
    }

    private static let table: [(prefixes: [String], component: String)] = [
        (["aws_nat_gateway", "aws_internet_gateway", "aws_egress_only", "aws_eip"], "NAT Gateway and Internet Gateway"),
        (["aws_lb", "aws_alb", "aws_elb"], "Load Balancer"),
        (["aws_db_", "aws_rds_", "aws_docdb_", "aws_neptune_", "aws_dynamodb_", "aws_elasticache_", "aws_redshift"], "RDS Database"),
        (["aws_autoscaling_", "aws_appautoscaling_", "aws_launch_template", "aws_launch_configuration"], "Auto Scaling"),
        (["aws_instance", "aws_ami", "aws_ebs_", "aws_volume_attachment", "aws_key_pair", "aws_ecs_", "aws_eks_", "aws_lambda_", "aws_network_interface"], "EC2 Instances"),
        (["aws_route53", "aws_cloudfront", "aws_globalaccelerator", "aws_acm"], "Route 53 DNS Failover"),
        (["aws_backup_", "aws_dlm_"], "Backup Strategy"),
        (["aws_s3_", "aws_ecr_"], "Cross-Region Replication"),
        (["aws_vpc", "aws_subnet", "aws_route", "aws_security_group", "aws_network_acl", "aws_default_", "aws_ec2_", "aws_flow_log"], "VPC and Subnets"),
    ]
}
