internal import ProviderSchema

/// Facts about single types that no schema states, each from the provider's documentation.
enum TypeKnowledge {
    /// Attributes that repeat what resources of their own say; they are late by one refresh, in both directions.
    ///
    /// Source: the notes on in-line and separate resources in the AWS provider's documentation. The second field names the
    /// resource types that must exist for the attribute to be a mere copy; empty: always a copy.
    static let mirrors: [String: [(attribute: String, of: [String])]] = [
        "aws_security_group": [
            ("ingress", ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule"]),
            ("egress", ["aws_security_group_rule", "aws_vpc_security_group_egress_rule"]),
        ],
        "aws_default_security_group": [("ingress", ["aws_security_group_rule", "aws_vpc_security_group_ingress_rule"]), ("egress", ["aws_security_group_rule", "aws_vpc_security_group_egress_rule"])],
        "aws_route_table": [("route", ["aws_route"])],
        "aws_default_route_table": [("route", ["aws_route"])],
        "aws_network_acl": [("ingress", ["aws_network_acl_rule"]), ("egress", ["aws_network_acl_rule"]), ("subnet_ids", ["aws_network_acl_association"])],
        "aws_iam_role": [("inline_policy", ["aws_iam_role_policy"]), ("managed_policy_arns", ["aws_iam_role_policy_attachment", "aws_iam_policy_attachment"])],
        "aws_autoscaling_group": [("target_group_arns", ["aws_autoscaling_attachment"]), ("load_balancers", ["aws_autoscaling_attachment"]), ("traffic_source", ["aws_autoscaling_traffic_source_attachment", "aws_autoscaling_attachment"])],
        "aws_instance": [("ebs_block_device", ["aws_volume_attachment"]), ("security_groups", [])],
        "aws_sqs_queue": [("policy", ["aws_sqs_queue_policy"]), ("redrive_policy", ["aws_sqs_queue_redrive_policy"]), ("redrive_allow_policy", ["aws_sqs_queue_redrive_allow_policy"])],
        "aws_sns_topic": [("policy", ["aws_sns_topic_policy"])],
        "aws_kms_key": [("policy", ["aws_kms_key_policy"])],
        "aws_ecs_cluster": [("capacity_providers", ["aws_ecs_cluster_capacity_providers"])],
        "aws_vpc_endpoint": [("route_table_ids", ["aws_vpc_endpoint_route_table_association"]), ("subnet_ids", ["aws_vpc_endpoint_subnet_association"]), ("security_group_ids", ["aws_vpc_endpoint_security_group_association"]), ("policy", ["aws_vpc_endpoint_policy"])],
        "aws_s3_bucket": [
            ("versioning", ["aws_s3_bucket_versioning"]), ("lifecycle_rule", ["aws_s3_bucket_lifecycle_configuration"]), ("replication_configuration", ["aws_s3_bucket_replication_configuration"]),
            ("server_side_encryption_configuration", ["aws_s3_bucket_server_side_encryption_configuration"]), ("logging", ["aws_s3_bucket_logging"]), ("website", ["aws_s3_bucket_website_configuration"]),
            ("cors_rule", ["aws_s3_bucket_cors_configuration"]), ("policy", ["aws_s3_bucket_policy"]), ("acceleration_status", ["aws_s3_bucket_accelerate_configuration"]),
            ("request_payer", ["aws_s3_bucket_request_payment_configuration"]), ("object_lock_configuration", ["aws_s3_bucket_object_lock_configuration"]),
        ],
        "aws_rds_cluster": [("cluster_members", []), ("iam_roles", ["aws_rds_cluster_role_association"])],
        "aws_route53_zone": [("vpc", ["aws_route53_zone_association"])],
        "aws_lambda_function": [("last_modified", [])],
        "aws_iam_policy": [("attachment_count", [])],
        "aws_iam_openid_connect_provider": [("thumbprint_list", [])],
        "terraform_data": [("output", [])],
    ]

    /// The types that `mirrors` names as holding parts of others.
    static let satelliteTypes = Set(mirrors.values.flatMap { $0.flatMap(\.of) })

    /// Blocks that a server fills with its defaults after a later refresh only: nothing on one side says nothing.
    static let lateDefaults: Set<String> = ["aws_lb_target_group.target_group_health", "aws_alb_target_group.target_group_health"]

    /// Paths inside configured blocks where the provider chooses what the configuration leaves open.
    static let chosenInside: Set<String> = ["aws_vpc_endpoint.subnet_configuration.ipv4", "aws_vpc_endpoint.subnet_configuration.ipv6"]

    /// Numbers that count one side's changes.
    static let counters: Set<String> = [
        "aws_launch_template.default_version", "aws_launch_template.latest_version", "aws_autoscaling_group.launch_template.version",
        "aws_instance.launch_template.version", "aws_eks_node_group.launch_template.version", "aws_spot_fleet_request.launch_template_config.launch_template_specification.version",
        "aws_autoscaling_group.mixed_instances_policy.launch_template.launch_template_specification.version",
        "aws_ecs_service.launch_template.version", "aws_ssm_parameter.version", "aws_secretsmanager_secret_version.version_id", "aws_batch_job_definition.revision",
        "aws_ecs_task_definition.revision", "aws_lambda_alias.function_version", "aws_lambda_provisioned_concurrency_config.qualifier", "aws_eks_addon.modified_at",
        "google_sql_database_instance.settings.version", "aws_msk_cluster.current_version", "aws_imagebuilder_image_recipe.version", "aws_autoscaling_group.warm_pool_size",
        "aws_kinesis_firehose_delivery_stream.version_id", "aws_redshift_cluster.cluster_revision_number", "aws_codeartifact_domain_permissions_policy.policy_revision",
        "aws_codeartifact_repository_permissions_policy.policy_revision", "aws_xray_resource_policy.policy_revision_id",
    ]

    /// Names that only Terraform itself reads.
    private static let localNames: Set<String> = [
        "force_destroy", "skip_final_snapshot", "final_snapshot_identifier", "apply_immediately", "wait_for_capacity_timeout", "force_delete", "force_update_version",
        "wait_for_steady_state", "delete_automated_backups", "force_detach_policies", "revoke_rules_on_delete", "timeouts", "wait_for_deployment",
        "skip_destroy", "recovery_window_in_days", "force_overwrite_replica_secret", "wait_for_elb_capacity", "min_elb_capacity", "ignore_failed_scaling_activities",
        "force_delete_warm_pool", "allow_overwrite", "overwrite", "bypass_policy_lockout_safety_check", "update_default_version",
    ]

    static func role(of name: String, in type: ResourceType, flags: AttributeFlags) -> AttributeRole {
        switch name {
        case "id": return .id
        case "arn", "self_link": return .arn
        case "name", "name_prefix", "bucket_prefix", "identifier_prefix", "cluster_identifier_prefix": return .name
        case "tags", "labels": return .tags
        case "tags_all", "effective_labels", "terraform_labels": return .allTags
        case "final_snapshot_identifier", "final_snapshot_identifier_prefix": return .name
        case "timeouts": return .local
        default: break
        }
        if GenericKnowledge.proseNames.contains(name) { return .prose }
        if flags.contains(.deprecated) || mirrors[type.name]?.contains(where: { $0.attribute == name }) == true { return .mirror }
        if counters.contains("\(type.name).\(name)") { return .counter }
        return .plain
    }

    /// Whether a top-level attribute counts by itself as long as no resource of its own says the same.
    static func isMirrored(_ name: String, in type: ResourceType) -> Bool {
        mirrors[type.name]?.contains { $0.attribute == name } ?? false
    }

    /// Types whose objects stand for each other although their types differ, and the attribute by which the second names the
    /// first.
    static let twins: [(type: String, copy: String, link: StaticString)] = [
        ("aws_kms_key", "aws_kms_replica_key", "primary_key_arn"),
        ("aws_kms_external_key", "aws_kms_replica_external_key", "primary_key_arn"),
        ("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter", "vpc_peering_connection_id"),
        ("aws_ec2_transit_gateway_peering_attachment", "aws_ec2_transit_gateway_peering_attachment_accepter", "transit_gateway_attachment_id"),
        ("aws_ami", "aws_ami_copy", "source_ami_id"),
        ("aws_ebs_snapshot", "aws_ebs_snapshot_copy", "source_snapshot_id"),
        ("aws_db_snapshot", "aws_db_snapshot_copy", "source_db_snapshot_identifier"),
    ]

    /// What twins of two types have in common: a copy takes the rest from its source.
    static let ofTwins: Set<String> = ["policy", "tags"]

    /// `name` attributes by which others look the object up, so that both sides must agree: they are compared as any text.
    static func isSharedName(_ name: String, of type: String) -> Bool {
        name == "name" && (type == "aws_route53_record" || type == "terraform_data")
    }

    /// Whether only Terraform's own destroying and creating depends on it.
    static func isLocal(_ name: String) -> Bool { localNames.contains(name) }

    static func nestedRole(of path: String, name: String, in type: ResourceType, flags: AttributeFlags) -> AttributeRole {
        if flags.contains(.deprecated) { return .mirror }
        if counters.contains("\(type.name).\(path)") { return .counter }
        if name == "tags" || name == "labels" { return .tags }
        if name == "tags_all" { return .allTags }
        if GenericKnowledge.proseNames.contains(name) { return .prose }
        return .plain
    }
}
