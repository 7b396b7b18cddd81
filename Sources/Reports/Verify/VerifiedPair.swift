public import Findings

/// One replication, from one site to another.
public struct VerifiedPair: Sendable {
    public var from: String
    public var to: String
    /// `s3`, `vault` or `nowhere`: where the versions of each side were read.
    public var fromReadFrom: String
    public var toReadFrom: String
    public var states: [VerifiedState]
    public var objective: Duration?
    /// How far back the oldest change reaches that a failover would lose.
    public var exposure: Duration
    public var lag: Lag?
    public var ignored: [String: Int]
    public var findings: [Finding]

    /// How long versions took to arrive, as far as earlier runs saw it. Seconds.
    public struct Lag: Sendable {
        public var samples: Int
        public var median: Double
        public var p95: Double
        public var maximum: Double
        public var provenMaximum: Double
        public var runs: Int

        public init(samples: Int, median: Double, p95: Double, maximum: Double, provenMaximum: Double, runs: Int) {
            (self.samples, self.median, self.p95) = (samples, median, p95)
            (self.maximum, self.provenMaximum, self.runs) = (maximum, provenMaximum, runs)
        }
    }

    public init(
        from: String, to: String, fromReadFrom: String, toReadFrom: String, states: [VerifiedState], objective: Duration?, exposure: Duration, lag: Lag?,
        ignored: [String: Int], findings: [Finding]
    ) {
        (self.from, self.to, self.fromReadFrom, self.toReadFrom) = (from, to, fromReadFrom, toReadFrom)
        (self.states, self.objective, self.exposure, self.lag) = (states, objective, exposure, lag)
        (self.ignored, self.findings) = (ignored, findings)
    }

    /// Whether anything of it could be read, from a bucket or from the vault.
    var wasRead: Bool { fromReadFrom != "nowhere" || toReadFrom != "nowhere" }

    var object: JSONObject {
        let atRisk = states.filter { $0.versionsAtRisk > 0 }
        let recovery: JSONObject = [
            "objective_seconds": .seconds(objective), "exposure_seconds": .seconds(exposure), "states_at_risk": .integer(atRisk.count),
            "versions_at_risk": .integer(atRisk.reduce(0) { $0 + $1.versionsAtRisk }), "exceeded": .bool(objective.map { exposure > $0 } ?? false),
        ]
        let summary: JSONObject = [
            "states": .integer(states.count), "versions": .integer(sum(\.versions)), "replicated": .integer(sum(\.replicated)),
            "missing": .integer(sum(\.missing.count)), "different": .integer(sum(\.different.count)), "extra": .integer(sum(\.extra.count)),
        ]
        return [
            "from": .string(from), "to": .string(to), "from_read_from": .string(fromReadFrom), "to_read_from": .string(toReadFrom),
            "summary": .object(summary), "recovery_point": .object(recovery), "lag": lag.map { .object($0.object) } ?? .null,
            "states": .objects(states.map(\.object)),
            "ignored": .object(JSONObject(ignored.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
            "findings": .objects(findings.map(\.object)),
        ]
    }

    private func sum(_ count: KeyPath<VerifiedState, Int>) -> Int { states.reduce(0) { $0 + $1[keyPath: count] } }
}

extension VerifiedPair.Lag {
    var object: JSONObject {
        [
            "samples": .integer(samples), "p50_seconds": .decimal(median), "p95_seconds": .decimal(p95), "max_seconds": .decimal(maximum),
            "proven_max_seconds": .decimal(provenMaximum), "runs": .integer(runs),
        ]
    }
}

extension JSONNode {
    /// Seconds with three digits, or null.
    static func seconds(_ value: Duration?) -> JSONNode { value.map { .seconds($0) } ?? .null }

    /// Seconds with three digits.
    static func decimal(_ value: Double) -> JSONNode { .seconds(Duration.milliseconds(Int64((value * 1000).rounded()))) }
}
