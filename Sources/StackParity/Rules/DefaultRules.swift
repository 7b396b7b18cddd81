/// By-design differences that every DR pair may have; shipped, documented, turned off by `ParityRules.usesDefaults`.
public enum DefaultRules {
    public static let all: [IgnoreRule] = [
        IgnoreRule(findingClass: .secret, reason: "secrets are the site's own"),
        IgnoreRule(type: "aws_route53_zone", findingClass: .missing, reason: "one hosted zone serves both sides"),
        IgnoreRule(type: "aws_route53_record", attribute: "failover_routing_policy[0].type", reason: "a failover record is PRIMARY on one side, SECONDARY on the other"),
        IgnoreRule(type: "aws_route53_record", attribute: "health_check_id", findingClass: .changed, reason: "a SECONDARY record needs no health check of its own"),
        IgnoreRule(type: "aws_route53_record", attribute: "set_identifier", reason: "records of one name tell themselves apart by it"),
        IgnoreRule(type: "aws_route53_record", attribute: "weighted_routing_policy*", reason: "DR takes no traffic until the failover"),
        IgnoreRule(type: "aws_*_replication_configuration", findingClass: .missing, reason: "replication goes from the primary to DR"),
        IgnoreRule(type: "aws_*_global_cluster", findingClass: .missing, reason: "one global database spans both sides"),
        IgnoreRule(type: "aws_*_global_replication_group", findingClass: .missing, reason: "one global datastore spans both sides"),
        IgnoreRule(type: "aws_dynamodb_global_table", findingClass: .missing, reason: "one global table spans both sides"),
        IgnoreRule(type: "aws_db_instance_automated_backups_replication", reason: "backups are copied into DR, which has no copy to make"),
        IgnoreRule(type: "aws_ami_copy", findingClass: .extra, reason: "DR copies the primary's images"),
        IgnoreRule(type: "aws_*_snapshot_copy", findingClass: .extra, reason: "DR copies the primary's snapshots"),
        IgnoreRule(type: "aws_kms_replica_*", findingClass: .extra, reason: "DR holds the replica of a multi-region key"),
        IgnoreRule(type: "aws_backup_plan", attribute: "rule*copy_action*", reason: "backups are copied from the primary to DR"),
        IgnoreRule(type: "aws_instance", attribute: "user_data", findingClass: .opaque, reason: "only a hash is kept of a text that names the region"),
        IgnoreRule(attribute: "amazon_side_asn", reason: "each side of a network has an autonomous system number of its own"),
        IgnoreRule(attribute: "replicate_source_db", reason: "a read replica in DR names its source"),
        IgnoreRule(attribute: "replication_source_identifier", reason: "a replica cluster in DR names its source"),
        IgnoreRule(attribute: "source_region", reason: "a copy names the region that it comes from"),
        IgnoreRule(attribute: "source_db_*", reason: "a copy names its source"),
        IgnoreRule(attribute: "source_ami_*", reason: "a copy names its source"),
        IgnoreRule(attribute: "global_*_id*", reason: "both sides are members of one global database"),
    ]
}
