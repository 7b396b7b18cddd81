/// What holds for every provider, or for all of AWS, without a schema.
enum GenericKnowledge {
    /// Names that providers compute, for types that no schema knows.
    static let computedNames: Set<String> = [
        "id", "arn", "self_link", "uid", "unique_id", "result", "hex", "dec", "b64_url", "b64_std", "etag", "fingerprint", "creation_timestamp",
        "create_time", "created_at", "created_date", "creation_date", "updated_at", "update_time", "generation", "resource_version", "owner_id",
        "label_fingerprint", "tags_fingerprint", "metadata_fingerprint", "effective_labels", "terraform_labels", "public_key_openssh", "public_key_pem",
        "public_key_fingerprint_md5", "public_key_fingerprint_sha256", "cert_pem", "validity_start_time", "validity_end_time", "instance_id",
        "private_key_pem", "private_key_openssh", "private_key_pem_pkcs8", "bcrypt_hash", "content_md5", "content_sha1", "content_sha256", "content_sha512",
        "content_base64sha256", "content_base64sha512", "output_md5", "output_sha", "output_base64sha256", "unix", "principal_id", "tenant_id", "identifier_uri", "fqdn", "unique_name", "rfc3339",
    ]

    /// Types of services that have one face for all regions.
    /// Source: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
    static func isGlobal(type: String) -> Bool {
        for prefix in globalPrefixes where type.hasPrefix(prefix) { return !type.hasPrefix("aws_route53_resolver_") && !type.hasPrefix("aws_route53recovery") }
        return false
    }

    private static let globalPrefixes = [
        "aws_iam_", "aws_route53_", "aws_cloudfront_", "aws_organizations_", "aws_globalaccelerator_", "aws_shield_", "aws_budgets_", "aws_ce_",
        "aws_account_", "aws_waf_", "aws_networkmanager_", "google_project", "google_service_account", "google_dns_", "azuread_", "cloudflare_", "github_",
    ]

    /// Attributes that hold prose.
    static let proseNames: Set<String> = ["description", "comment", "alarm_description", "display_name", "notes", "caller_reference"]
}
