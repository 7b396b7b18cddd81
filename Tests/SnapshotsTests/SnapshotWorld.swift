import AWSIdentity
import HTTPTransport
import S3
import Sites
import StateJSON
import Synchronization
import TestSupport
import Timestamps
import Vault

@testable import Snapshots

/// A stand-in of S3, a vault in memory, and what a run needs to go from one to the other without waiting.
final class SnapshotWorld: Sendable {
    let s3: S3StandIn
    let http: CurlClient
    let storage = MemoryStorage()
    let vault: BackupVault

    init(settings: S3StandIn.Settings = .init()) async throws {
        s3 = try S3StandIn(settings: settings)
        http = try CurlClient()
        vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1_800_000_000))
        s3.createBucket("states")
    }

    deinit { http.shutdown() }

    /// No wait is real, and chance always gives nought.
    static let clock = S3Clock(now: { .now() }, sleep: { _ in try Task.checkCancellation() }, jitter: { 0 })

    func site(_ name: String = "primary", bucket: String = "states", _ change: (inout SiteSettings) -> Void = { _ in }) -> Site {
        var settings = SiteSettings(name: name, bucket: bucket)
        change(&settings)
        var configuration = S3Configuration(region: "us-east-1", endpoint: s3.url)
        configuration.retry.maxAttempts = 3
        let keys = StaticCredentials(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
        return Site(settings: settings, bucket: S3Client(configuration, credentials: keys, http: http, clock: Self.clock).bucket(bucket))
    }

    func options(_ change: (inout SnapshotOptions) -> Void = { _ in }) -> SnapshotOptions {
        var options = SnapshotOptions(patience: [.seconds(1), .seconds(4)], sleep: { _ in try Task.checkCancellation() })
        change(&options)
        return options
    }

    func run(_ sites: [Site]? = nil, _ options: SnapshotOptions? = nil, progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) async throws -> SnapshotReport {
        try await SnapshotRun(sites: sites ?? [site()], vault: vault, options: options ?? self.options(), tool: "test", now: { .now() })
            .run(progress: progress)
    }

    func plan(_ options: SnapshotOptions? = nil, vault: BackupVault? = nil) async throws -> SnapshotReport {
        try await SnapshotRun(sites: [site()], vault: vault, options: options ?? self.options(), tool: "test", now: { .now() }).plan()
    }

    func catalog(_ sites: [Site]? = nil, vault: BackupVault?, input: [UInt8] = []) -> StateCatalog {
        StateCatalog(sites: sites ?? [site()], vault: vault, now: { .now() }, standardInput: { input })
    }

    /// What the vault gives back of a state, oldest first; nil for versions without bytes.
    func stored(_ key: String, site: String = "primary") async throws -> [[UInt8]?] {
        guard let history = try await vault.history(of: StateID(site: site, key: key)) else { return [] }
        var result: [[UInt8]?] = []
        for version in history.versions.reversed() where !version.listed.isDeleteMarker {
            result.append(version.isInVault ? try await Array(vault.read(version).withUnsafeBytes { Array($0) }) : nil)
        }
        return result
    }

    /// Puts versions of a state, oldest first.
    @discardableResult func put(_ key: String, serials: ClosedRange<Int>, bucket: String = "states", lineage: String = "11111111-2222-3333-4444-555555555555") -> [[UInt8]] {
        let bodies = serials.map { Self.state(serial: $0, lineage: lineage) }
        for body in bodies { _ = s3.put(S3StandIn.Body(body), key: key, bucket: bucket) }
        return bodies
    }

    func getCount() -> Int { s3.requests.filter { $0.operation == .getObject }.count }

    /// A state as Terraform writes it, with as many instances as asked for.
    static func state(serial: Int, lineage: String = "11111111-2222-3333-4444-555555555555", instances: Int = 3) -> [UInt8] {
        let list = (0..<instances).map { index in
            """
                    {
                      "index_key": \(index),
                      "schema_version": 0,
                      "attributes": {
                        "id": "i-\(index)",
                        "serial": "\(serial % 3 == index % 3 ? serial : 0)"
                      },
                      "sensitive_attributes": []
                    }
            """
        }.joined(separator: ",\n")
        return Array(
            """
            {
              "version": 4,
              "terraform_version": "1.11.4",
              "serial": \(serial),
              "lineage": "\(lineage)",
              "outputs": {},
              "resources": [
                {
                  "mode": "managed",
                  "type": "terraform_data",
                  "name": "web",
                  "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
                  "instances": [
            \(list)
                  ]
                }
              ],
              "check_results": null
            }

            """.utf8)
    }
}
