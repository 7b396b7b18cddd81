/// Data sources are looked up, not configured; only these results tell what a side runs.
enum DataKnowledge {
    private static let telling: Set<String> = ["aws_ami.name", "aws_ecr_image.image_digest", "aws_ssm_parameter.insecure_value", "aws_rds_engine_version.version_actual"]

    static func isTelling(_ attribute: String, of type: String) -> Bool { telling.contains("\(type).\(attribute)") }
}
