internal import Findings
internal import S3
internal import Sites

/// What could not be read is said as unknown: not seeing a fault is not the same as there being none.
enum UnknownLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        var findings: [Finding] = []
        for (bucket, isSource) in [(facts.source, true), (facts.destination, false)] {
            guard let bucket else { continue }
            var denied: [(String, S3Error)] = []
            var absent: [String] = []
            func look<Value>(_ name: String, _ setting: S3Setting<Value>) {
                switch setting {
                case .set, .notSet: break
                case .notPermitted(let error), .unknown(let error): denied.append((name, error))
                case .notSupported: absent.append(name)
                }
            }
            if isSource { look("replication rules", facts.replication) }
            look("versioning", bucket.versioning)
            look("encryption", bucket.encryption)
            look("lifecycle", bucket.lifecycle)
            look("Object Lock", bucket.objectLock)
            look("public access block", bucket.publicAccessBlock)
            look("policy", bucket.policy)
            if !denied.isEmpty {
                let hints = Set(denied.compactMap(\.1.hint)).sorted()
                findings.append(
                    Finding(
                        ruleID: "replication.settings-unknown", severity: .info, subject: bucket.subject,
                        message: "unknown, because it could not be read: \(denied.map { "\($0.0) (\($0.1.code))" }.joined(separator: ", "))",
                        remedy: hints.isEmpty ? nil : hints.joined(separator: "; ")))
            }
            if !absent.isEmpty {
                findings.append(
                    Finding(
                        ruleID: "replication.settings-unsupported", severity: .info, subject: bucket.subject,
                        message: "unknown, because the server does not tell: \(absent.joined(separator: ", "))"))
            }
        }
        return findings
    }
}
