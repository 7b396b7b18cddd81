import AWSIdentity
import AWSServices
import DynamoDB
import Findings
import HTTPTransport
import S3
import Sites
import Synchronization
import TestSupport
import Timestamps
import Vault

@testable import Replication

/// Two stand-ins of S3 that play source and DR region, and a vault in memory.
final class ReplicationWorld: Sendable {
    let primary: S3StandIn
    let dr: S3StandIn
    let http: CurlClient
    let storage = MemoryStorage()
    let vault: BackupVault
    static let start: Int64 = 1_800_000_000
    private let clock = Mutex(ReplicationWorld.start)

    init() async throws {
        primary = try S3StandIn()
        dr = try S3StandIn()
        http = try CurlClient()
        vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: Self.start))
        primary.createBucket("states", region: "us-east-1")
        dr.createBucket("states-dr", region: "us-west-2")
    }

    deinit { http.shutdown() }

    var now: Timestamp { Timestamp(seconds: clock.withLock { $0 }) }
    func pass(seconds: Int64) { clock.withLock { $0 += seconds } }

    static let keys = StaticCredentials(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
    /// No wait is real.
    static let waitless = S3Clock(now: { .now() }, sleep: { _ in try Task.checkCancellation() }, jitter: { 0 })

    func site(_ name: String, _ server: String, _ bucket: String, isOwnServer: Bool = false, _ change: (inout SiteSettings) -> Void = { _ in }) -> VerifySide {
        var settings = SiteSettings(name: name, bucket: bucket)
        if isOwnServer { settings.access.endpoints.s3 = server }
        change(&settings)
        var configuration = S3Configuration(region: "us-east-1", endpoint: server)
        configuration.retry.maxAttempts = 2
        return VerifySide(Site(settings: settings, bucket: S3Client(configuration, credentials: Self.keys, http: http, clock: Self.waitless).bucket(bucket)))
    }

    func check(
        _ options: VerifyOptions = VerifyOptions(), isOwnServer: Bool = true, vault: BackupVault? = nil, change: (inout SiteSettings) -> Void = { _ in }
    ) async throws -> VerifyResult {
        try await ReplicationCheck(
            from: site("primary", primary.url, "states", isOwnServer: isOwnServer, change), to: site("dr", dr.url, "states-dr", isOwnServer: isOwnServer), vault: vault,
            options: options, now: { self.now }
        ).run()
    }

    /// With lock tables of these names, and a DynamoDB for each side.
    func check(tables: (String, String), _ primaryDynamoDB: String, _ drDynamoDB: String) async throws -> VerifyResult {
        var from = site("primary", primary.url, "states") { $0.lock.dynamodbTable = tables.0; $0.access.region = "us-east-1" }
        var to = site("dr", dr.url, "states-dr") { $0.lock.dynamodbTable = tables.1; $0.access.region = "us-west-2" }
        from.services.dynamoDB = .ready(DynamoDBClient(Self.service(primaryDynamoDB, "us-east-1"), credentials: Self.keys, http: http))
        to.services.dynamoDB = .ready(DynamoDBClient(Self.service(drDynamoDB, "us-west-2"), credentials: Self.keys, http: http))
        return try await ReplicationCheck(from: from, to: to, vault: nil, now: { self.now }).run()
    }

    static func service(_ endpoint: String, _ region: String) -> ServiceConfiguration {
        var configuration = ServiceConfiguration(region: region, endpoint: endpoint)
        configuration.sleep = { _ in }
        return configuration
    }

    /// Writes versions on the primary side, and copies them as AWS does: same id, same time.
    @discardableResult
    func write(_ key: String, serials: ClosedRange<Int>, replicates: Bool = true, status: String? = nil, age: Int64 = 3600) -> [String] {
        serials.map { serial in
            let body = S3StandIn.Body(Self.state(serial: serial))
            let modified = now.seconds - age + Int64(serial)
            let id = primary.put(body, key: key, bucket: "states", modified: modified, replicationStatus: status ?? (replicates ? "COMPLETED" : nil))
            if replicates { dr.put(body, key: key, bucket: "states-dr", versionID: id, modified: modified, replicationStatus: "REPLICA") }
            return id
        }
    }

    /// A state as Terraform writes it; each serial adds an instance.
    static func state(serial: Int) -> [UInt8] {
        let instances = (0..<serial).map { #"{"index_key": \#($0), "schema_version": 0, "attributes": {"id": "i-\#($0)"}}"# }.joined(separator: ",")
        return Array(
            """
            {"version": 4, "terraform_version": "1.11.4", "serial": \(serial), "lineage": "11111111-2222-3333-4444-555555555555", "outputs": {},
             "resources": [{"mode": "managed", "type": "aws_instance", "name": "web", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]", "instances": [\(instances)]}],
             "check_results": null}

            """.utf8)
    }

    func setRules(_ rules: String...) {
        primary.setConfiguration("replication", of: "states", "<ReplicationConfiguration><Role>arn:aws:iam::111122223333:role/replication</Role>\(rules.joined())</ReplicationConfiguration>")
    }

    static func rule(prefix: String = "", status: String = "Enabled", deleteMarkers: Bool = true, bucket: String = "states-dr") -> String {
        """
        <Rule><ID>all</ID><Priority>1</Priority><Filter><Prefix>\(prefix)</Prefix></Filter><Status>\(status)</Status>\
        <DeleteMarkerReplication><Status>\(deleteMarkers ? "Enabled" : "Disabled")</Status></DeleteMarkerReplication>\
        <Destination><Bucket>arn:aws:s3:::\(bucket)</Bucket><Metrics><Status>Enabled</Status></Metrics></Destination></Rule>
        """
    }

    var heads: Int { (primary.requests + dr.requests).count { $0.operation == .headObject } }
}

extension VerifyResult {
    /// Rules of all findings beyond remarks.
    func rules() -> [String] {
        findings.filter { $0.severity > .info }.map(\.ruleID.description)
    }

    func state(_ key: String) -> StateLedger? { states.first { $0.key == key } }
}
