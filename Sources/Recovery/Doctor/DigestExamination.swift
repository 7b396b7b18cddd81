internal import Findings
public import Snapshots

/// The digest in Terraform's lock table beside the bytes that it should belong to.
public struct DigestExamination: Sendable, Hashable {
    /// What the table says; nil when it has no digest, which Terraform accepts in silence.
    public var stored: String?
    /// The MD5 of the current version; nil when there is no current version that could be read.
    public var actual: String?
    /// The version that the stored digest belongs to, when it is known.
    public var owner: VersionEntry?

    /// Whether Terraform would read the state without complaint.
    public var matches: Bool { stored == nil || stored == actual }

    /// What to say of it.
    func symptoms(reference: String, current: VersionEntry?) -> [Symptom] {
        guard let stored else {
            return actual == nil
                ? [] : [Symptom(ruleID: "digest.absent", severity: .info, message: "the lock table holds no digest: Terraform reads the state without comparing it with anything")]
        }
        guard stored != actual else { return [] }
        guard actual != nil, current?.isDeleteMarker == false else {
            return [
                Symptom(
                    ruleID: "digest.orphaned", severity: .critical,
                    message: "the lock table holds the digest of \(name(of: owner)), but there is no current version; Terraform advises to remove the digest, and a plan would then create everything again",
                    remedy: "tfguard restore \(reference) --to last-good puts the state back, and its digest with it")
            ]
        }
        if let owner {
            return [
                Symptom(
                    ruleID: "digest.of-other-version", severity: .high,
                    message: "the digest in the lock table is that of \(name(of: owner)), not of the current version: either its digest was never written, or somebody changed the object by hand; Terraform refuses to read the state",
                    remedy: "if the current version is right, tfguard restore \(reference) --to latest writes its digest; if not, restore the right one")
            ]
        }
        return [
            Symptom(
                ruleID: "digest.unknown", severity: .high,
                message: "the digest in the lock table belongs to no version that is known: the object was written by something other than Terraform, or copied from another bucket; Terraform refuses to read the state",
                remedy: "if the current version is right, tfguard restore \(reference) --to latest writes its digest; if not, restore the right one")
        ]
    }

    private func name(of version: VersionEntry?) -> String {
        guard let version else { return "no version that is known" }
        return "version \(version.versionID)" + (version.serial.map { " (serial \($0))" } ?? "")
    }
}
