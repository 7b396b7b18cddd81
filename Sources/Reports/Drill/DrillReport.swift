public import Timestamps

/// What a drill found out: the evidence, in every format.
public struct DrillReport: Report {
    public var id: String
    public var tool: String
    public var who: String
    public var started: Timestamp
    public var target: String
    public var recoveryTime: Duration
    /// The recovery time objective; nil when none is set.
    public var objective: Duration?
    /// `Terraform v1.11.4`; nil without one.
    public var terraform: String?
    public var states: [State]
    public var evidence: Evidence?
    public var notices: [Notice]
    public var problems: [Problem]

    public init(
        id: String, tool: String, who: String, started: Timestamp, target: String, recoveryTime: Duration, objective: Duration?, terraform: String?, states: [State],
        evidence: Evidence?, notices: [Notice], problems: [Problem]
    ) {
        (self.id, self.tool, self.who, self.started) = (id, tool, who, started)
        (self.target, self.recoveryTime, self.objective, self.terraform) = (target, recoveryTime, objective, terraform)
        (self.states, self.evidence, self.notices, self.problems) = (states, evidence, notices, problems)
    }

    /// One state.
    public struct State: Sendable {
        public var reference: String
        public var serial: UInt64?
        public var instances: Int?
        public var size: Int
        public var origin: String
        public var sha256: String
        public var restoredSHA256: String?
        public var isRestored: Bool
        public var recoveryTime: Duration
        /// What Terraform says: command, `passed`, `failed` or `skipped`, and why.
        public var checks: [(command: String, status: String, detail: String)]
        public var failure: String?

        public init(
            reference: String, serial: UInt64?, instances: Int?, size: Int, origin: String, sha256: String, restoredSHA256: String?, isRestored: Bool, recoveryTime: Duration,
            checks: [(command: String, status: String, detail: String)], failure: String?
        ) {
            (self.reference, self.serial, self.instances, self.size) = (reference, serial, instances, size)
            (self.origin, self.sha256, self.restoredSHA256, self.isRestored) = (origin, sha256, restoredSHA256, isRestored)
            (self.recoveryTime, self.checks, self.failure) = (recoveryTime, checks, failure)
        }
    }

    /// Where the evidence is kept, and how it is checked.
    public struct Evidence: Sendable {
        public var document: String
        public var markdown: String
        public var publicKey: String
        /// SHA-256 of the public key's DER form.
        public var publicKeySHA256: String
        /// The commands that check both signatures.
        public var checks: [String]

        public init(document: String, markdown: String, publicKey: String, publicKeySHA256: String, checks: [String]) {
            (self.document, self.markdown, self.publicKey) = (document, markdown, publicKey)
            (self.publicKeySHA256, self.checks) = (publicKeySHA256, checks)
        }
    }

    public var command: String { "drill" }

    /// Nil without an objective.
    public var isInTime: Bool? { objective.map { recoveryTime <= $0 } }

    public var status: ExitStatus {
        if !states.isEmpty, !states.contains(where: \.isRestored) { return .failure }
        if !problems.isEmpty { return .partial }
        let hasFailed = states.contains { $0.checks.contains { $0.status == "failed" } }
        return hasFailed || isInTime == false ? .findings : .success
    }

    public var body: JSONObject {
        [
            "id": .string(id), "tool": .string(tool), "who": .string(who), "started_at": .string(started.rfc3339), "target": .string(target),
            "recovery_time_seconds": .seconds(recoveryTime), "objective_seconds": objective.map { .seconds($0) } ?? .null,
            "objective_met": isInTime.map { .bool($0) } ?? .null, "terraform": .string(terraform), "states": .objects(states.map(\.object)),
            "evidence": evidence.map { .object($0.object) } ?? .null, "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage { DrillPage(report: self).page }
}

extension DrillReport.State {
    var object: JSONObject {
        [
            "reference": .string(reference), "serial": .integer(serial), "instance_count": .integer(instances), "size": .integer(size), "origin": .string(origin),
            "sha256": .string(sha256), "restored_sha256": .string(restoredSHA256), "restored": .bool(isRestored), "recovery_time_seconds": .seconds(recoveryTime),
            "checks": .objects(checks.map { ["command": .string($0.command), "status": .string($0.status), "detail": .string($0.detail)] }), "failure": .string(failure),
        ]
    }
}

extension DrillReport.Evidence {
    var object: JSONObject {
        [
            "document": .string(document), "markdown": .string(markdown), "public_key": .string(publicKey), "public_key_sha256": .string(publicKeySHA256),
            "check": .strings(checks),
        ]
    }
}
