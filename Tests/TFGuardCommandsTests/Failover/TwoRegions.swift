import Foundation
import TestSupport

/// Two stand-ins for S3 as primary and DR region, a vault, and a folder with a configuration for them.
final class TwoRegions {
    let primary: S3StandIn
    let dr: S3StandIn
    let folder: TemporaryDirectory
    static let key = "net/terraform.tfstate"

    init() throws {
        (primary, dr, folder) = (try S3StandIn(), try S3StandIn(), try TemporaryDirectory("failover"))
        primary.createBucket("states")
        dr.createBucket("states-dr", region: "us-west-2")
        let sites = [("primary", primary.url, "states"), ("dr", dr.url, "states-dr")].map {
            "  \($0): { bucket: \($2), region: us-east-1, endpoint: \"\($1)\", use_path_style: true, max_attempts: 1, lock: { use_lockfile: true } }\n"
        }
        try folder.write("vault: { location: ./vault }\nsites:\n\(sites.joined())replication: [ { from: primary, to: dr } ]\n", to: "tfguard.yaml")
    }

    /// Writes versions on the primary side, and copies them as AWS does.
    func write(_ serials: ClosedRange<Int>, key: String = TwoRegions.key, replicates: Bool = true) {
        for serial in serials {
            let body = S3StandIn.Body(SampleVault.state(serial: serial))
            let id = primary.put(body, key: key, bucket: "states")
            if replicates { dr.put(body, key: key, bucket: "states-dr", versionID: id) }
        }
    }

    /// A lock as Terraform writes it, on the DR side.
    func putLock(id: String, path: String) {
        let text = #"{"ID":"\#(id)","Operation":"OperationTypeApply","Info":"","Who":"ci@runner","Version":"1.11.4","Created":"2026-11-22T13:59:07.1Z","Path":"\#(path)"}"#
        dr.put(S3StandIn.Body(text), key: Self.key + ".tflock", bucket: "states-dr")
    }

    func killPrimary() { primary.inject(.internalError) }

    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> ProcessOutcome {
        try await run(arguments, environment: environment)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProcessOutcome {
        let basics = ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-for-anyone", "TFGUARD_NO_PROGRESS": "1"]
        return try await TFGuardBinary.run(arguments, in: folder, environment: basics.merging(environment) { $1 })
    }

    /// `PutObject s3://bucket/key` of every request that changed something.
    static func writes(_ server: S3StandIn) -> [String] {
        server.requests.filter { ["PUT", "DELETE", "POST"].contains($0.http.method) }.map { request in
            let operation = request.http.method == "PUT" ? "PutObject" : "DeleteObject"
            return "\(operation) s3://\(request.bucket)/\(request.key)"
        }
    }
}

extension ProcessOutcome {
    /// The states of a failover's document.
    var failoverStates: [[String: Any]] {
        get throws { try document["states"] as? [[String: Any]] ?? [] }
    }

    /// The rules of everything that a doctor's document complains of.
    var rules: [String] {
        get throws {
            try (document["states"] as? [[String: Any]] ?? []).flatMap { $0["problems"] as? [[String: Any]] ?? [] }.compactMap { $0["rule_id"] as? String }
        }
    }

    /// The writes that a plan announces, in order, of all states.
    var announcedWrites: [String] {
        get throws {
            try failoverStates.flatMap { state in
                (state["actions"] as? [[String: Any]] ?? []).flatMap { $0["requests"] as? [[String: Any]] ?? [] }
            }.filter { $0["writes"] as? Bool == true }.map { "\($0["operation"] ?? "") \($0["target"] ?? "")" }
        }
    }
}
