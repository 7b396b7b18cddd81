internal import ProviderSchema

/// A resource type or data source as the comparison sees it.
final class ResourceType: Sendable {
    let name: String
    let index: Int32
    let isData: Bool
    let schema: ResourceTypeSchema?
    /// Serves all regions at once: IAM, Route 53, CloudFront.
    let isGlobal: Bool
    /// Its parts live in a fixed region whatever the stack's own: CloudFront takes certificates from us-east-1 only.
    let isRegionless: Bool
    /// What a stack is made of in its own region, beyond doubt.
    let isRegional: Bool
    /// A copy of an object of another type.
    let isTwin: Bool
    /// Its resources may hold parts of another object's configuration.
    let isSatellite: Bool
    /// Its range is the base of a side's network.
    let isNetwork: Bool
    let isSubnet: Bool
    /// A subnet of any cloud: it has a range of addresses.
    let hasRange: Bool
    /// Top-level attributes that hold computed values further inside.
    let computedInside: Set<String>
    /// `data.aws_ami` for a data source.
    var qualifiedName: String { isData ? "data.\(name)" : name }

    init(name: String, index: Int32, isData: Bool, schema: ProviderSchema) {
        self.name = name
        self.index = index
        self.isData = isData
        self.schema = schema.resourceType(name)
        isGlobal = GenericKnowledge.isGlobal(type: name)
        isRegional = ["aws_vpc", "aws_subnet", "aws_instance", "aws_db_instance", "aws_rds_cluster", "aws_lb", "aws_s3_bucket", "aws_autoscaling_group", "aws_kms_key", "aws_dynamodb_table", "aws_ebs_volume", "aws_ecs_cluster", "aws_eks_cluster", "aws_elasticache_replication_group", "aws_efs_file_system", "aws_backup_vault", "aws_security_group"].contains(name)
        isTwin = !isData && TypeKnowledge.twins.contains { $0.copy == name }
        isRegionless = name.hasPrefix("aws_cloudfront_") || name == "aws_acm_certificate" || name.hasPrefix("aws_globalaccelerator_")
        isSatellite = !isData && TypeKnowledge.satelliteTypes.contains(name)
        isNetwork = name.hasSuffix("_vpc") || name == "aws_vpc_ipv4_cidr_block_association" || name.hasSuffix("_virtual_network")
        isSubnet = name.hasSuffix("_subnet")
        hasRange = name.hasSuffix("subnet") || name.hasSuffix("subnetwork") || name == "google_container_cluster"
        computedInside = Set((self.schema?.flags ?? [:]).compactMap { path, flags in
            flags.isComputedOnly && path.contains(".") ? String(path.prefix { $0 != "." }) : nil
        })
    }
}
