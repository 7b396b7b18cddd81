internal import Findings
internal import S3
internal import Sites

/// Says loudly what it means when a bucket does not keep old versions.
struct VersioningCheck: Sendable {
    let site: Site

    func findings() async throws -> [Finding] {
        let subject = "\(site.name) (s3://\(site.settings.bucket))"
        let setting: S3Setting<S3Versioning>
        do {
            setting = try await site.bucket.versioning()
        } catch is S3Error {
            // The listing will meet the same trouble, and report it.
            return []
        }
        let remedy = "switch it on: aws s3api put-bucket-versioning --versioning-configuration Status=Enabled --bucket \(site.settings.bucket)"
        switch setting {
        case .set(let versioning) where versioning.status == .enabled: return []
        case .set(let versioning) where versioning.status == .suspended:
            return [
                Finding(
                    ruleID: "bucket.versioning-suspended", severity: .high, subject: subject,
                    message: "versioning is suspended: each write of a state overwrites the one before, and what changes between two snapshots is lost",
                    remedy: remedy)
            ]
        case .set, .notSet:
            return [
                Finding(
                    ruleID: "bucket.versioning-off", severity: .critical, subject: subject,
                    message: "the bucket has no versioning: only the current version of each state exists, a bad write cannot be undone in S3, and what changes between two snapshots is lost",
                    remedy: remedy)
            ]
        case .notPermitted(let error), .unknown(let error):
            return [unknown(error.code, subject)]
        case .notSupported:
            return [unknown("the server does not tell", subject)]
        }
    }

    private func unknown(_ reason: String, _ subject: String) -> Finding {
        Finding(
            ruleID: "bucket.versioning-unknown", severity: .info, subject: subject,
            message: "whether the bucket keeps versions could not be read (\(reason))", remedy: "allow s3:GetBucketVersioning")
    }
}
