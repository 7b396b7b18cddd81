import AWSIdentity
import AWSServices
import Cryptography
import DynamoDB
import HTTPTransport
import Recovery
import S3
import Sites
import Snapshots
import StateJSON
import Synchronization
import TestSupport
import Timestamps
import Vault

/// Two sites on stand-ins for S3 and DynamoDB, a vault in memory, and what a restore needs.
final class RecoveryWorld: Sendable {
    static let key = "net/terraform.tfstate"
    static let lockID = "states/net/terraform.tfstate"

    let s3: S3StandIn
    let dynamoDB: DynamoDBStandIn
    let vault: BackupVault
    let primary: Site
    let dr: Site
    let table: DynamoDBClient
    private let ids = Mutex(0)

    /// - Parameter states: for each key its versions, oldest first.
    init(_ states: [String: [String]] = [RecoveryWorld.key: [SampleState(serial: 1, ids: [1, 2]).text, SampleState(serial: 2, ids: [1, 2, 3]).text, "{\"version\": 4, \"se"]]) async throws {
        s3 = try S3StandIn()
        dynamoDB = try DynamoDBStandIn()
        vault = try await BackupVault.create(in: MemoryStorage(), at: Timestamp(seconds: 1_795_000_000))
        let http = try CurlClient()
        let keys = StaticCredentials(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
        let clock = S3Clock(now: { .now() }, sleep: { _ in }, jitter: { 0 })
        var configuration = S3Configuration(region: "us-east-1", endpoint: s3.url)
        configuration.retry = S3RetryPolicy(maxAttempts: 2)
        configuration.limits.deadline = .seconds(2)
        let client = S3Client(configuration, credentials: keys, http: http, clock: clock)
        func site(_ name: String, _ bucket: String, lock: LockSettings) -> Site {
            let access = S3AccessSettings(region: "us-east-1", endpoints: ServiceEndpoints(s3: configuration.endpoint))
            return Site(settings: SiteSettings(name: name, bucket: bucket, access: access, lock: lock), bucket: client.bucket(bucket))
        }
        primary = site("primary", "states", lock: LockSettings(useLockfile: true, dynamodbTable: "locks"))
        dr = site("dr", "states-dr", lock: LockSettings(useLockfile: true, dynamodbTable: "locks"))
        var dynamo = ServiceConfiguration(region: "us-east-1", endpoint: dynamoDB.url)
        dynamo.sleep = { _ in }
        dynamo.limits.deadline = .seconds(2)
        table = DynamoDBClient(dynamo, credentials: keys, http: http)
        s3.createBucket("states")
        s3.createBucket("states-dr")
        for (key, texts) in states.sorted(by: { $0.key < $1.key }) {
            for text in texts { s3.put(S3StandIn.Body(text), key: key, bucket: "states") }
            dynamoDB.setItem("states/\(key)-md5", ["Digest": Hex.encode(MD5.hash(Array((texts.last ?? "").utf8)))])
        }
    }

    var catalog: StateCatalog { StateCatalog(sites: [primary, dr], vault: vault, now: { .now() }, lastGood: StateDoctor.lastGood(of:in:)) }

    func context(at site: Site? = nil) -> RestoreContext {
        RestoreContext(
            catalog: catalog, site: site ?? primary, dynamoDB: table, vault: vault, version: "1", who: "me@here", process: .current(), now: { .now() },
            newID: { [self] in ids.withLock { $0 += 1; return "id-\($0)" } })
    }

    var restore: StateRestore { StateRestore(context()) }

    /// What is current; nil when there is nothing, or a delete marker.
    func current(_ key: String = RecoveryWorld.key, in bucket: String = "states") -> [UInt8]? {
        s3.versions(of: key, in: bucket).last?.body?.bytes
    }

    func versionCount(_ key: String = RecoveryWorld.key, in bucket: String = "states") -> Int { s3.versions(of: key, in: bucket).count }

    /// Nobody holds either half.
    func lockIsFree(_ key: String = RecoveryWorld.key) -> Bool {
        current(key + ".tflock") == nil && dynamoDB.items["states/\(key)"] == nil
    }

    func digestIsRight(_ key: String = RecoveryWorld.key) -> Bool {
        dynamoDB.items["states/\(key)-md5"]?["Digest"] == current(key).map { Hex.encode(MD5.hash($0)) }
    }
}

/// A small state.
struct SampleState {
    var serial: Int
    var lineage = "a"
    var ids: [Int]
    var type = "aws_instance"
    var schemaVersion = 1
    var terraform = "1.11.4"

    var text: String {
        let instances = ids.map { #"{"index_key": \#($0), "schema_version": \#(schemaVersion), "attributes": {"id": "i-\#($0)"}}"# }.joined(separator: ",")
        return """
            {"version": 4, "terraform_version": "\(terraform)", "serial": \(serial), "lineage": "\(lineage)", "outputs": {}, "resources": [{"mode": "managed", "type": "\(type)",
             "name": "web", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]", "instances": [\(instances)]}]}
            """
    }

    var content: ExaminedContent { ExaminedContent(StateBytes(text.utf8), sha256: SHA256.hash(text.utf8)) }
}
