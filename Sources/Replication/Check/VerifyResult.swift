public import Findings
public import Timestamps

/// What a check of one replication found.
public struct VerifyResult: Sendable {
    /// Where the versions of a side were read.
    public enum Origin: Sendable, Hashable {
        case bucket
        /// As of the vault's last snapshot, since the bucket did not answer.
        case vault(Timestamp?)
        /// Nowhere.
        case nowhere
    }

    public var from: String
    public var to: String
    public var time: Timestamp
    public var sourceOrigin = Origin.bucket
    public var replicaOrigin = Origin.bucket
    /// Sorted by key.
    public var states: [StateLedger] = []
    /// The objective that the recovery points were held against.
    public var objective: Duration?
    public var lag: ReplicationLag?
    /// Objects that were left out, by reason.
    public var ignored: [String: Int] = [:]
    /// The gravest first.
    public var findings: [Finding] = []
    public var problems: [VerifyProblem] = []

    public init(from: String, to: String, time: Timestamp) {
        (self.from, self.to, self.time) = (from, to, time)
    }

    /// Whether anything of the replication could be looked at.
    public var isEmptyHanded: Bool { sourceOrigin == .nowhere && replicaOrigin == .nowhere }
    public var versionsAtRisk: Int { states.reduce(0) { $0 + $1.recoveryPoint.versionsAtRisk } }
    public var statesAtRisk: Int { states.count { $0.recoveryPoint.versionsAtRisk > 0 } }
    /// How far back the oldest change reaches that a failover would lose.
    public var exposure: Duration { states.map { $0.recoveryPoint.exposure(at: time) }.max() ?? .zero }
}
