import AWSServices
import Cryptography
import DynamoDB
import Findings
import Synchronization
import TestSupport
import Testing

@testable import Replication

/// Digests of lock tables, against a DynamoDB whose every answer is written down.
@Suite struct LockTableTests {
    /// Items by their LockID, each a digest.
    final class Table: Sendable {
        let digests = Mutex<[String: String]>([:])
        let refusal = Mutex<String?>(nil)
        /// Regions of its replicas.
        let replicas: [String]
        /// Runs before an item is read.
        let beforeRead: @Sendable (Int) -> Void

        init(replicas: [String] = [], beforeRead: @escaping @Sendable (Int) -> Void = { _ in }) { (self.replicas, self.beforeRead) = (replicas, beforeRead) }

        func serve() throws -> ScriptedServer {
            try ScriptedServer { [self] request in
                if let code = refusal.withLock({ $0 }) { return .text(400, #"{"__type": "com.amazon.coral.service#\#(code)", "message": "no"}"#) }
                if request.header("X-Amz-Target")?.hasSuffix("DescribeTable") == true {
                    return .text(#"{"Table": {"TableStatus": "ACTIVE", "Replicas": [\#(replicas.map { #"{"RegionName": "\#($0)"}"# }.joined(separator: ","))]}}"#)
                }
                beforeRead(request.number)
                let body = String(decoding: request.body, as: UTF8.self)
                let id = String(body.firstMatch(of: #/"LockID":\{"S":"([^"]*)"\}/#)?.1 ?? "").replacing("\\/", with: "/")
                guard let digest = digests.withLock({ $0[id] }) else { return .text("{}") }
                return .text(#"{"Item": {"LockID": {"S": "\#(id)"}, "Digest": {"S": "\#(digest)"}}}"#)
            }
        }

        func set(_ id: String, _ bytes: [UInt8]) { digests.withLock { $0[id] = Hex.encode(MD5.hash(bytes)) } }
    }

    static func digestRules(_ result: VerifyResult) -> [String] {
        result.findings.filter { $0.ruleID.description.contains("digest") || $0.ruleID.description.contains("lock-table") }.map { "\($0.subject.prefix { $0 != " " }) \($0.ruleID)" }.sorted()
    }

    @Test func digestsThatFitAreNoFinding() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        world.write("a.tfstate", serials: 1...3)
        let (ours, theirs) = (Table(replicas: ["us-west-2"]), Table())
        ours.set("states/a.tfstate-md5", ReplicationWorld.state(serial: 3))
        theirs.set("states-dr/a.tfstate-md5", ReplicationWorld.state(serial: 3))
        let servers = (try ours.serve(), try theirs.serve())
        let result = try await world.check(tables: ("locks", "locks-dr"), servers.0.url, servers.1.url)
        #expect(Self.digestRules(result).isEmpty && result.rules().isEmpty, "\(result.findings)")
        // The ETags tell: nothing is fetched, and each item is read once.
        #expect(servers.1.requests.count == 2 && !world.dr.requests.contains { $0.operation == .getObject && $0.header("range") == nil })
    }

    @Test func eachDigestThatDoesNotFitIsToldApart() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        let old = world.write("old.tfstate", serials: 1...3)
        for key in ["none.tfstate", "foreign.tfstate"] { world.write(key, serials: 1...2) }
        world.write("gone.tfstate", serials: 1...1)
        for (server, bucket) in [(world.primary, "states"), (world.dr, "states-dr")] { server.put(nil, key: "gone.tfstate", bucket: bucket, versionID: "marker") }
        let (ours, theirs) = (Table(replicas: ["us-west-2"]), Table())
        for key in ["old", "none", "foreign"] { ours.set("states/\(key).tfstate-md5", ReplicationWorld.state(serial: key == "old" ? 3 : 2)) }
        theirs.set("states-dr/old.tfstate-md5", ReplicationWorld.state(serial: 2))
        theirs.set("states-dr/foreign.tfstate-md5", [1, 2, 3])
        theirs.set("states-dr/gone.tfstate-md5", ReplicationWorld.state(serial: 1))
        let servers = (try ours.serve(), try theirs.serve())
        let result = try await world.check(tables: ("locks", "locks-dr"), servers.0.url, servers.1.url)
        #expect(Self.digestRules(result) == ["dr replication.digest-missing", "dr replication.digest-of-other-version", "dr replication.digest-orphaned", "dr replication.digest-unknown-version"])
        let other = try #require(result.findings.first { $0.ruleID == "replication.digest-of-other-version" })
        #expect(other.message.contains("old.tfstate (of serial 2, version \(old[1]))") && other.severity == .high)
        let missing = try #require(result.findings.first { $0.ruleID == "replication.digest-missing" })
        #expect(missing.message.contains("1 of 4 states of states-dr (none.tfstate)") && missing.severity == .low)
    }

    /// Under a KMS key the ETag is no MD5: the bytes are.
    @Test func underAKMSKeyTheBytesDecide() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        let ids = world.write("a.tfstate", serials: 1...2)
        for id in ids {
            for (server, bucket) in [(world.primary, "states"), (world.dr, "states-dr")] {
                server.change(id, of: "a.tfstate", in: bucket) {
                    $0.etagOverride = "0123456789abcdef0123456789abcd\(id == ids[0] ? "00" : "11")"
                    $0.headers = [("x-amz-server-side-encryption", "aws:kms")]
                }
            }
        }
        let (ours, theirs) = (Table(replicas: ["us-west-2"]), Table())
        ours.set("states/a.tfstate-md5", ReplicationWorld.state(serial: 2))
        theirs.set("states-dr/a.tfstate-md5", ReplicationWorld.state(serial: 1))
        let servers = (try ours.serve(), try theirs.serve())
        let result = try await world.check(tables: ("locks", "locks-dr"), servers.0.url, servers.1.url)
        #expect(Self.digestRules(result) == ["dr replication.digest-of-other-version"])
        #expect(result.findings.first { $0.ruleID == "replication.digest-of-other-version" }?.message.contains("serial 1, version \(ids[0])") == true)
    }

    @Test func aTableThatMayNotBeReadIsUnknownAndAskedOnce() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        for index in 0..<20 { world.write("s\(index).tfstate", serials: 1...1) }
        let table = Table()
        table.refusal.withLock { $0 = "AccessDeniedException" }
        let server = try table.serve()
        let result = try await world.check(tables: ("locks", "locks-dr"), server.url, server.url)
        #expect(Self.digestRules(result) == ["dr replication.lock-table-digests", "primary replication.lock-table-digests", "primary replication.lock-table-unknown"])
        #expect(result.findings.contains { $0.message.contains("GetItem: AccessDeniedException") } && server.requests.count == 4 && result.rules().isEmpty)
    }

    /// Terraform writes the state and then its digest: whoever looks between the two must not cry.
    @Test func aDigestThatIsJustBeingWrittenIsNoAccusation() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        world.write("a.tfstate", serials: 1...2)
        let ours = Table(replicas: ["us-west-2"])
        ours.set("states/a.tfstate-md5", ReplicationWorld.state(serial: 2))
        let theirs = Mutex<Table?>(nil)
        let late = Table { number in if number == 2 { theirs.withLock { $0 }?.set("states-dr/a.tfstate-md5", ReplicationWorld.state(serial: 2)) } }
        theirs.withLock { $0 = late }
        late.set("states-dr/a.tfstate-md5", ReplicationWorld.state(serial: 1))
        let servers = (try ours.serve(), try late.serve())
        let result = try await world.check(tables: ("locks", "locks-dr"), servers.0.url, servers.1.url)
        #expect(Self.digestRules(result).isEmpty, "\(result.findings)")
        theirs.withLock { $0 = nil }
    }
}
