import AWSIdentity
import Cryptography
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
    private static let others: [(key: String, body: String)] = [
        ("prod/network/terraform.tfstate.tflock", #"{"ID":"1","Operation":"OperationTypeApply","Info":"","Who":"root@vm"}"#),
        (".terraform/terraform.tfstate", #"{"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{},"hash":1}}"#),
        ("plan.json", #"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[]}"#),
        ("notes.txt", "Nothing that anybody would take for a state."),
    ]

    /// A bucket on a server, and the site as a run's own credentials see it.
    private struct Place {
        let server: RealServer
        let http: CurlClient
        let site: Site
        /// With all rights.
        let owner: S3Bucket

        /// - Parameter slow: how far the run's clock is behind.
        init(_ backend: SnapshotBackend, slow: Duration = .zero) async throws {
            server = try await SharedServers.shared.server(backend.kind)
            http = try CurlClient()
            var settings = SiteSettings(name: "primary", bucket: uniqueBucketName("snapshots"), exclude: ["scratch/**"])
            settings.access.endpoints.s3 = server.endpoint
            settings.access.region = server.region
            settings.access.usePathStyle = true
            var world = try await backend.identity(server, http, access: &settings.access)
            world.now = { .now() - slow }
            var clock = S3Clock.system
            clock.now = world.now
            site = try await SiteConnector(world: world, clock: clock).connect(settings)
            owner = S3Client(
                S3Configuration(region: server.region, endpoint: server.endpoint),
                credentials: StaticCredentials(AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)), http: http
            ).bucket(settings.bucket)
            try await backend.makeBucket(settings.bucket, server, http)
        }
    }

    @Test(arguments: await SnapshotBackend.available())
    func everyRecordedVersionComesBackIdentical(backend: SnapshotBackend) async throws {
        let place = try await Place(backend)
        defer { place.http.shutdown() }
        let site = place.site
        let histories = try RecordedHistory.all()
        #expect(histories.reduce(0) { $0 + $1.versions.count } == 62)
        var expected: [String: [SHA256Digest]] = [:]
        for history in histories {
            expected[history.key] = try history.digests()
            for version in history.versions { _ = try await place.owner.putObject(key: history.key, version.bytes) }
        }
        for (key, body) in Self.others { _ = try await place.owner.putObject(key: key, Array(body.utf8)) }
        let plain = histories[1].versions[3].bytes
        _ = try await place.owner.putObject(key: "no-ending", plain)
        _ = try await place.owner.deleteObject(key: "no-ending")
        expected["no-ending"] = [SHA256.hash(plain)]

        // That the run is who it should be, and that the objects are what they should be.
        if backend.isReader {
            let refusal = await #expect(throws: S3Error.self) { try await site.bucket.putObject(key: "by-the-reader", plain) }
            #expect(refusal?.kind == .accessDenied)
        }
        if backend == .ministackKMS {
            guard case .kms? = try await site.bucket.headObject(key: histories[0].key).encryption else {
                Issue.record("the objects are not encrypted with KMS")
                return
            }
        }

        let folder = try TemporaryDirectory("vault")
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: folder.file("vault")), at: .now())
        let report = try await SnapshotRun(sites: [site], vault: vault, tool: "test", now: { .now() }).run()
        #expect(report.problems.isEmpty && report.findings.isEmpty, "\(report)")
        let summary = try #require(report.sites.first)
        #expect(summary.states == 4 && summary.versionsFetched == 63 && summary.deleteMarkers == 1)
        #expect(summary.ignored == [.lockFile: 1, .backendCache: 1, .plan: 1, .otherContent: 1])

        // Read by another opening of the vault: what counts is what is on the disk.
        let reopened = try await BackupVault.open(LocalFolderStorage(existing: folder.file("vault")))
        for (key, digests) in expected {
            let history = try #require(try await reopened.history(of: StateID(site: "primary", key: key)))
            #expect(history.versions.reversed().compactMap(\.sha256) == digests, "\(key)")
            #expect(history.versions.map(\.listed.isDeleteMarker) == (key == "no-ending" ? [true, false] : digests.map { _ in false }))
            #expect(history.versions.map(\.listed.isLatest) == [true] + history.versions.dropFirst().map { _ in false })
            for version in history.versions where !version.listed.isDeleteMarker {
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
        let seventh = histories[1].versions.last { $0.record.serial == 7 }
        #expect(blob.sha256.hex == seventh?.record.sha256 && blob.origin == .vault)
    }

    @Test(arguments: await SharedServers.available())
    func withoutVersioningAndWithItSuspendedTheRunWorksAndSaysSo(kind: RealServerKind) async throws {
        let server = try await SharedServers.shared.server(kind)
        let http = try CurlClient()
        defer { http.shutdown() }
        let name = uniqueBucketName("unversioned")
        try await RealBucket.create(name, server, http, versioning: nil)
        let bucket = S3Client(
            S3Configuration(region: server.region, endpoint: server.endpoint),
            credentials: StaticCredentials(AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)), http: http
        ).bucket(name)
        let vault = try await BackupVault.create(in: MemoryStorage(), at: .now())
        func run() async throws -> SnapshotReport {
            try await SnapshotRun(sites: [Site(settings: SiteSettings(name: "primary", bucket: name), bucket: bucket)], vault: vault, tool: "test", now: { .now() }).run()
        }
        let bodies = try RecordedHistory("dr", at: "k.tfstate").versions.prefix(4).map(\.bytes)
        for (body, rule) in zip(bodies, ["bucket.versioning-off", "bucket.versioning-off", "bucket.versioning-suspended", "bucket.versioning-suspended"]) {
            if body == bodies[2] {
                for status in ["Enabled", "Suspended"] { try await RealBucket.setVersioning(status, of: name, server, http) }
            }
            _ = try await bucket.putObject(key: "k.tfstate", body)
            let report = try await run()
            #expect(report.problems.isEmpty && report.findings.map(\.ruleID.description) == [rule], "\(report)")
            #expect(report.sites.first?.versionsFetched == 1)
        }
        // What each write overwrote is in the vault, because a run came in between.
        let history = try #require(try await vault.history(of: StateID(site: "primary", key: "k.tfstate")))
        #expect(history.versions.reversed().map(\.sha256) == bodies.map { SHA256.hash($0) })
        #expect(history.versions.filter(\.isListed).count == 1)
    }

    /// Servers that check signatures refuse a time that is off; what they answer tells the right one, S3 and STS alike.
    @Test(arguments: await SnapshotBackend.available().filter(\.kind.checksSignatures), [86_400, -86_400])
    func aClockThatIsADayOffIsCorrected(backend: SnapshotBackend, slow: Int) async throws {
        let place = try await Place(backend, slow: .seconds(slow))
        defer { place.http.shutdown() }
        let history = try RecordedHistory("primary-ws-staging", at: "k.tfstate")
        for version in history.versions { _ = try await place.owner.putObject(key: history.key, version.bytes) }
        let vault = try await BackupVault.create(in: MemoryStorage(), at: .now())
        let report = try await SnapshotRun(sites: [place.site], vault: vault, tool: "test", now: { .now() }).run()
        #expect(report.problems.isEmpty && report.sites.first?.versionsFetched == history.versions.count, "\(report.problems)")
        let stored = try #require(try await vault.history(of: StateID(site: "primary", key: history.key)))
        #expect(stored.versions.reversed().map(\.sha256) == (try history.digests()))
    }

    /// IAM decides, not a stand-in: what may be read is stored, what may not is named.
    @Test(.enabled("ministack cannot be had here") { await SharedServers.isAvailable(.ministack) })
    func whatIAMKeepsFromTheRunIsAProblemAndTheRestIsStored() async throws {
        let place = try await Place(.ministackUser)
        defer { place.http.shutdown() }
        let history = try RecordedHistory("primary-ws-staging", at: "open/terraform.tfstate")
        for version in history.versions {
            for key in [history.key, "closed/terraform.tfstate"] { _ = try await place.owner.putObject(key: key, version.bytes) }
        }
        func run(_ statements: String, into vault: BackupVault) async throws -> SnapshotReport {
            let keys = try await EmulatedAccount(place.server).makeUser(uniqueBucketName("user"), allowing: statements)
            let bucket = S3Client(
                S3Configuration(region: place.server.region, endpoint: place.server.endpoint),
                credentials: StaticCredentials(AWSCredentials(accessKeyID: keys.accessKeyID, secretAccessKey: keys.secretAccessKey)), http: place.http
            ).bucket(place.owner.name)
            return try await SnapshotRun(sites: [Site(settings: place.site.settings, bucket: bucket)], vault: vault, tool: "test", now: { .now() }).run()
        }
        let vault = try await BackupVault.create(in: MemoryStorage(), at: .now())
        let unlisted = try await run(#"{"Effect":"Allow","Action":"s3:GetObject*","Resource":"*"}"#, into: vault)
        #expect(unlisted.snapshotID == nil && unlisted.problems.map(\.code) == ["access-denied"])
        #expect(unlisted.problems.first?.hint?.contains("s3:ListBucketVersions") == true)

        let deny = #"{"Effect":"Deny","Action":"s3:GetObject*","Resource":"arn:aws:s3:::\#(place.owner.name)/closed/*"}"#
        let partial = try await run("\(EmulatedAccount.readingS3),\(deny)", into: vault)
        #expect(partial.problems.count == history.versions.count)
        #expect(partial.problems.allSatisfy { $0.code == "access-denied" && $0.reference.hasPrefix("primary:closed/terraform.tfstate@id=") && $0.hint != nil }, "\(partial.problems)")
        #expect(partial.snapshotID != nil && partial.sites.first?.versionsFetched == history.versions.count)

        let whole = try await run(EmulatedAccount.readingS3, into: vault)
        #expect(whole.problems.isEmpty && whole.sites.first?.versionsFetched == history.versions.count)
        for key in [history.key, "closed/terraform.tfstate"] {
            let stored = try #require(try await vault.history(of: StateID(site: "primary", key: key)))
            #expect(stored.versions.reversed().map(\.sha256) == (try history.digests()), "\(key)")
        }
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
