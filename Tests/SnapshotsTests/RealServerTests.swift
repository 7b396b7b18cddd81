import AWSIdentity
import Cryptography
import Foundation
import HTTPTransport
import S3
import Sites
import StateJSON
import TestSupport
import Testing
import Timestamps
import Vault

@testable import Snapshots

/// Recorded histories, through real servers, into a vault on disk and back: every version by its SHA-256.
@Suite(.enabled(if: SharedFixtures.isPresent, "\(SharedFixtures.comment)")) struct RealServerTests {
    private static let histories = [
        ("primary", "prod/network/terraform.tfstate"), ("dr", "prod/network-dr/terraform.tfstate"),
        ("primary-ws-staging", "env:/staging/prod/network/terraform.tfstate"),
    ]

    private struct Recorded: Decodable {
        var file: String
        var sha256: String
        var serial: UInt64
    }

    private static func versions(of history: String) throws -> [(record: Recorded, bytes: [UInt8])] {
        let folder = try #require(SharedFixtures.path("corpus/history/\(history)"))
        let records = try JSONDecoder().decode([Recorded].self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/manifest.json")))
        return try records.map { ($0, try LocalFile.read("\(folder)/\($0.file)", limit: 1 << 24)) }
    }

    private static let others: [(key: String, body: String)] = [
        ("prod/network/terraform.tfstate.tflock", #"{"ID":"1","Operation":"OperationTypeApply","Info":"","Who":"root@vm"}"#),
        (".terraform/terraform.tfstate", #"{"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{},"hash":1}}"#),
        ("plan.json", #"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[]}"#),
        ("notes.txt", "Nothing that anybody would take for a state."),
    ]

    @Test(arguments: await SharedServers.available())
    func everyRecordedVersionComesBackIdentical(kind: RealServerKind) async throws {
        let server = try await SharedServers.shared.server(kind)
        let http = try CurlClient()
        defer { http.shutdown() }
        let world = IdentityWorld(
            environment: ["AWS_ACCESS_KEY_ID": server.accessKeyID, "AWS_SECRET_ACCESS_KEY": server.secretAccessKey, "AWS_CONFIG_FILE": "/nonexistent"],
            files: InMemoryFiles(), http: http)
        let name = uniqueBucketName("snapshots")
        var settings = SiteSettings(name: "primary", bucket: name, exclude: ["scratch/**"])
        settings.access.endpoints.s3 = server.endpoint
        settings.access.region = server.region
        settings.access.usePathStyle = true
        let site = try await SiteConnector(world: world).connect(settings)
        try await RealBucket.create(name, server, http)

        var expected: [String: [SHA256Digest]] = [:]
        for (history, key) in Self.histories {
            for version in try Self.versions(of: history) {
                _ = try await site.bucket.putObject(key: key, version.bytes)
                expected[key, default: []].append(try #require(SHA256Digest(hex: version.record.sha256)))
            }
        }
        for (key, body) in Self.others { _ = try await site.bucket.putObject(key: key, Array(body.utf8)) }
        let plain = try Self.versions(of: "dr")[3].bytes
        _ = try await site.bucket.putObject(key: "no-ending", plain)
        expected["no-ending"] = [SHA256.hash(plain)]

        let folder = try TemporaryDirectory("vault")
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: folder.file("vault")), at: .now())
        let report = try await SnapshotRun(sites: [site], vault: vault, tool: "test", now: { .now() }).run()
        #expect(report.problems.isEmpty && report.findings.isEmpty, "\(report)")
        let summary = try #require(report.sites.first)
        #expect(summary.states == 4 && summary.versionsFetched == expected.values.reduce(0) { $0 + $1.count })
        #expect(summary.ignored == [.lockFile: 1, .backendCache: 1, .plan: 1, .otherContent: 1])

        // Read by another opening of the vault: what counts is what is on the disk.
        let reopened = try await BackupVault.open(LocalFolderStorage(existing: folder.file("vault")))
        for (key, digests) in expected {
            let history = try #require(try await reopened.history(of: StateID(site: "primary", key: key)))
            #expect(history.versions.reversed().map(\.sha256) == digests, "\(key)")
            for version in history.versions {
                let bytes = try await reopened.read(version)
                #expect(bytes.withUnsafeBytes { SHA256.hash($0) } == version.sha256)
            }
        }
        let again = try await SnapshotRun(sites: [site], vault: reopened, tool: "test", now: { .now() }).run()
        #expect(again.sites.first?.versionsFetched == 0 && again.problems.isEmpty)
        let check = try await reopened.check(.readAllData)
        #expect(check.damages.isEmpty)

        let catalog = StateCatalog(sites: [site], vault: reopened, now: { .now() })
        let blob = try await catalog.read(StateReference(parsing: "primary:network-dr@serial=7", sites: ["primary"]))
        let seventh = try Self.versions(of: "dr").last { $0.record.serial == 7 }
        #expect(blob.sha256.hex == seventh?.record.sha256 && blob.origin == .vault)
    }

    @Test(arguments: await SharedServers.available().filter(\.checksSignatures))
    func wrongKeysAreRefusedWithAHint(kind: RealServerKind) async throws {
        let server = try await SharedServers.shared.server(kind)
        let http = try CurlClient()
        defer { http.shutdown() }
        let name = uniqueBucketName("wrong-keys")
        try await RealBucket.create(name, server, http)
        var configuration = S3Configuration(region: server.region, endpoint: server.endpoint)
        configuration.retry.maxAttempts = 1
        let keys = StaticCredentials(AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: "wrong"))
        let site = Site(settings: SiteSettings(name: "primary", bucket: name), bucket: S3Client(configuration, credentials: keys, http: http).bucket(name))
        let vault = try await BackupVault.create(in: MemoryStorage(), at: .now())
        let report = try await SnapshotRun(sites: [site], vault: vault, tool: "test", now: { .now() }).run()
        #expect(report.snapshotID == nil && report.problems.count == 1 && report.problems.first?.code == "credentials" && report.problems.first?.hint != nil, "\(report.problems)")
    }
}
