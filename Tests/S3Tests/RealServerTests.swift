import AWSIdentity
import Cryptography
import HTTPTransport
import S3
import TestSupport
import Testing
import Timestamps

/// The same suite against every real server that can be had here. Servers differ; where they do, the comment says how.
@Suite(.serialized) struct RealServerTests {
    /// A bucket with versioning on a server of this kind; nil (said on standard error) when there is none.
    private func bucket(on kind: RealServerKind, _ change: (inout S3Configuration) -> Void = { _ in }) async throws -> S3Bucket? {
        guard await SharedServers.isAvailable(kind) else { return nil }
        let bucket = try await client(of: SharedServers.shared.server(kind), change).bucket(uniqueBucketName())
        try await bucket.create(versioned: true)
        return bucket
    }

    private func client(of server: RealServer, secret: String? = nil, _ change: (inout S3Configuration) -> Void = { _ in }) throws -> S3Client {
        var configuration = S3Configuration(region: server.region, endpoint: server.endpoint)
        change(&configuration)
        let keys = AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: secret ?? server.secretAccessKey)
        return S3Client(configuration, credentials: StaticCredentials(keys), http: try CurlClient())
    }

    private static let awkwardKeys = [
        "plain/terraform.tfstate", "env:/dev/a b+c&d%20é.tfstate", "x<y>&\"q'", "~user/-rf/$(id)", "%2e%2e/x%", "né-nfc", "ne\u{301}-nfc", "🛟/κλειδί",
        String(repeating: "k", count: 200) + "/" + String(repeating: "ä", count: 100),
    ]

    @Test(arguments: RealServerKind.allCases)
    func everyVersionComesBackByteForByte(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        var written: [String: [UInt8]] = [:]
        for key in Self.awkwardKeys {
            for number in 0..<3 {
                let bytes = pseudoRandomBytes(count: 1000 * number + 3, seed: UInt64(key.utf8.count * 10 + number))
                let outcome = try await bucket.putObject(key: key, bytes)
                #expect(outcome.certainty == .answered)
                written[try #require(outcome.versionID)] = bytes
            }
        }
        var listed: [S3ObjectVersion] = []
        for try await page in bucket.objectVersions(limits: ListingLimits(pageSize: 4)) {
            #expect(page.count <= 4)
            listed += page
        }
        #expect(listed.count == written.count)
        #expect(Set(listed.map { Array($0.key.utf8) }) == Set(Self.awkwardKeys.map { Array($0.utf8) }))
        for version in listed {
            let object = try await bucket.getObject(version, into: ByteArrayCollector.self)
            #expect(object.bytes == written[version.versionID], "\(version.key)")
            #expect(object.sha256 == SHA256.hash(object.bytes))
            #expect(object.evidence.isByContent && object.evidence.expectedSize)
            #expect(object.head.versionID == version.versionID)
        }
        // Newest first within a key, and exactly one is the latest.
        for key in Self.awkwardKeys {
            let ofKey = listed.filter { $0.key.utf8.elementsEqual(key.utf8) }
            #expect(ofKey.map(\.isLatest) == [true, false, false], "\(key)")
            #expect(ofKey.map(\.size) == [2003, 1003, 3], "\(key)")
        }
    }

    @Test(arguments: RealServerKind.allCases)
    func deleteMarkersAreListedInTheirPlaceAndCanBeRemoved(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        let first = try await bucket.putObject(key: "a/s.tfstate", Array("one".utf8))
        _ = try await bucket.deleteObject(key: "a/s.tfstate")
        let second = try await bucket.putObject(key: "a/s.tfstate", Array("two".utf8))
        _ = try await bucket.deleteObject(key: "a/s.tfstate")
        let listed = try await versions(of: bucket)
        // moto gives all versions of a page first, then its markers; AWS and the others mix them in one order, newest first.
        #expect(listed.map(\.isDeleteMarker) == [true, false, true, false])
        #expect(listed.filter { !$0.isDeleteMarker }.map(\.versionID) == [second.versionID, first.versionID])
        let latest = listed.filter(\.isLatest)
        #expect(latest.map(\.isDeleteMarker) == [true])
        let error = await #expect(throws: S3Error.self) { try await bucket.getObject(key: "a/s.tfstate") }
        // SeaweedFS leaves the delete marker header out.
        #expect(error?.kind == .deleteMarker || error?.kind == .noSuchKey)
        _ = try await bucket.deleteObject(key: "a/s.tfstate", versionID: try #require(latest.first).versionID)
        #expect(try await bucket.getObject(key: "a/s.tfstate").bytes == Array("two".utf8))
    }

    @Test(arguments: RealServerKind.allCases)
    func everyKeyStandsInOnePlaceWhereverPagesEnd(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        for key in ["a", "b", "c"] {
            for _ in 0..<3 {
                _ = try await bucket.putObject(key: key, Array(key.utf8))
                _ = try await bucket.deleteObject(key: key)
            }
        }
        let whole = try await versions(of: bucket)
        #expect(whole.map(\.key) == ["a", "b", "c"].flatMap { Array(repeating: $0, count: 6) })
        #expect(whole.map(\.isDeleteMarker) == (0..<18).map { $0 % 2 == 0 })
        for size in 2...7 {
            var paged: [S3ObjectVersion] = []
            for try await page in bucket.objectVersions(limits: ListingLimits(pageSize: size)) { paged += page }
            #expect(paged.map(\.versionID) == whole.map(\.versionID), "pages of \(size)")
        }
    }

    @Test(arguments: RealServerKind.allCases)
    func checksumsAreKeptByTheServerAndComparedOnTheWayBack(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        for algorithm in S3ChecksumAlgorithm.allCases {
            let bytes = pseudoRandomBytes(count: 70_001, seed: 7)
            let outcome = try await bucket.putObject(key: "sum-\(algorithm)", bytes, checksum: algorithm)
            let object = try await bucket.getObject(key: "sum-\(algorithm)", versionID: outcome.versionID)
            #expect(object.bytes == bytes)
            #expect(object.evidence.checksums == [algorithm], "\(algorithm)")
            let head = try await bucket.headObject(key: "sum-\(algorithm)", versionID: outcome.versionID)
            #expect(head.checksums.map(\.algorithm) == [algorithm])
            #expect(head.size == 70_001)
        }
    }

    @Test(arguments: RealServerKind.allCases)
    func partsOfAnObjectCanBeRead(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        let bytes = pseudoRandomBytes(count: 10_000, seed: 3)
        _ = try await bucket.putObject(key: "part", bytes)
        #expect(try await bucket.getObject(key: "part", range: .bytes(100..<200)).bytes == Array(bytes[100..<200]))
        #expect(try await bucket.getObject(key: "part", range: .from(9_990)).bytes == Array(bytes[9_990...]))
        let tail = try await bucket.getObject(key: "part", range: .last(5))
        #expect(tail.bytes == Array(bytes.suffix(5)))
        #expect(tail.head.size == 10_000)
        let error = await #expect(throws: S3Error.self) { try await bucket.getObject(key: "part", range: .from(20_000)) }
        #expect(error?.kind == .invalidRange)
    }

    @Test(arguments: RealServerKind.allCases)
    func conditionsGuardWrites(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        let first = try await bucket.putObject(key: "lock", Array("mine".utf8), conditions: .absent)
        let taken = await #expect(throws: S3Error.self) { try await bucket.putObject(key: "lock", Array("yours".utf8), conditions: .absent) }
        #expect(taken?.kind == .preconditionFailed)
        _ = try await bucket.putObject(key: "lock", Array("mine again".utf8), conditions: S3Conditions(ifMatch: first.etag))
        let stale = await #expect(throws: S3Error.self) {
            try await bucket.putObject(key: "lock", Array("stale".utf8), conditions: S3Conditions(ifMatch: first.etag))
        }
        #expect(stale?.kind == .preconditionFailed)
        #expect(try await bucket.getObject(key: "lock").bytes == Array("mine again".utf8))
    }

    @Test(arguments: RealServerKind.allCases)
    func anOldVersionCanBeCopiedOverTheHead(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        let old = try await bucket.putObject(key: "c d/é", Array("old".utf8), attributes: S3ObjectAttributes(contentType: "application/json", metadata: ["owner": "ops"]))
        _ = try await bucket.putObject(key: "c d/é", Array("new".utf8))
        _ = try await bucket.copyObject(from: "c d/é", versionID: old.versionID, to: "c d/é")
        let object = try await bucket.getObject(key: "c d/é")
        #expect(object.bytes == Array("old".utf8))
        #expect(object.head.contentType == "application/json")
        #expect(object.head.metadata == ["owner": "ops"])
        #expect(try await versions(of: bucket).count == 3)
    }

    @Test(arguments: RealServerKind.allCases)
    func manyVersionsAreDeletedAtOnce(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        for number in 0..<5 { _ = try await bucket.putObject(key: "d/<\(number)>&", [1, 2, 3]) }
        let all = try await versions(of: bucket)
        let failures = try await bucket.deleteObjects(all.map { S3ObjectIdentifier(key: $0.key, versionID: $0.versionID) })
        #expect(failures.isEmpty)
        #expect(try await versions(of: bucket).isEmpty)
    }

    @Test(arguments: RealServerKind.allCases)
    func foldersAreFoundByDelimiter(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        for key in ["env:/dev/x.tfstate", "env:/prod/x.tfstate", "root.tfstate", "a b/x"] { _ = try await bucket.putObject(key: key, [1]) }
        var prefixes: [String] = []
        var keys: [String] = []
        for try await page in bucket.objects(delimiter: "/") {
            prefixes += page.commonPrefixes
            keys += page.objects.map(\.key)
        }
        #expect(Set(prefixes) == ["env:/", "a b/"])
        #expect(keys == ["root.tfstate"])
        var inside: [String] = []
        for try await page in bucket.objects(prefix: "env:/", delimiter: "/", limits: ListingLimits(pageSize: 1)) { inside += page.commonPrefixes }
        #expect(inside == ["env:/dev/", "env:/prod/"])
        var versioned: Set<String> = []
        for try await page in bucket.objectVersions(delimiter: "/", limits: ListingLimits(pageSize: 2)) { versioned.formUnion(page.commonPrefixes) }
        #expect(versioned == ["env:/", "a b/"])
    }

    @Test(arguments: RealServerKind.allCases)
    func whatIsNotThereIsNamed(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        let outcome = try await bucket.putObject(key: "there", [1])
        let missingKey = await #expect(throws: S3Error.self) { try await bucket.getObject(key: "not-there") }
        #expect(missingKey?.kind == .noSuchKey)
        let version = try #require(outcome.versionID)
        let other = String(version.dropLast()) + (version.hasSuffix("0") ? "1" : "0")
        let missingVersion = await #expect(throws: S3Error.self) { try await bucket.getObject(key: "there", versionID: other) }
        #expect(missingVersion?.kind == .noSuchVersion)
        #expect(missingVersion?.versionID == other)
        let nowhere = bucket.sibling(named: uniqueBucketName("nowhere"))
        let missingBucket = await #expect(throws: S3Error.self) { for try await _ in nowhere.objectVersions() {} }
        #expect(missingBucket?.kind == .noSuchBucket)
        #expect(missingBucket?.hint != nil)
    }

    @Test(arguments: RealServerKind.allCases.filter(\.checksSignatures))
    func aWrongSecretAndAClockFarOffAreToldApart(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        let server = try await SharedServers.shared.server(kind)
        let stranger = try client(of: server, secret: "wrong").bucket(bucket.name)
        let refused = await #expect(throws: S3Error.self) { for try await _ in stranger.objectVersions() {} }
        #expect(refused?.kind == .invalidCredentials)
        #expect(refused?.code == "SignatureDoesNotMatch")
        #expect(refused?.description.contains("wrong") == false)

        // A clock that is a day off is learnt from the first refusal.
        let keys = AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)
        var late = S3Clock.system
        late.now = { S3Clock.system.now() + .seconds(86_400) }
        let clock = S3Client(S3Configuration(region: server.region, endpoint: server.endpoint), credentials: StaticCredentials(keys), http: try CurlClient(), clock: late)
        _ = try await clock.bucket(bucket.name).putObject(key: "late", [1])
        #expect(try await clock.bucket(bucket.name).headObject(key: "late").size == 1)
    }

    @Test(arguments: RealServerKind.allCases)
    func versioningIsReadInItsThreeStates(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        #expect(try await bucket.versioning().value?.status == .enabled)
        let plain = bucket.sibling(named: uniqueBucketName("plain"))
        try await plain.create(versioned: false)
        #expect(try await plain.versioning().value?.status == .never)
        _ = try await plain.putObject(key: "k", [1])
        let only = try await versions(of: plain)
        #expect(only.map(\.versionID) == ["null"])
        #expect(try await plain.getObject(only[0], into: ByteArrayCollector.self).bytes == [1])
        try await bucket.setVersioning("Suspended")
        #expect(try await bucket.versioning().value?.status == .suspended)
    }

    /// Every setting has an answer, whatever the server makes of it; none of them may throw.
    @Test(arguments: RealServerKind.allCases)
    func settingsHaveAnAnswerOnEveryServer(kind: RealServerKind) async throws {
        guard let bucket = try await bucket(on: kind) else { return }
        #expect(try await bucket.replication().value == nil)
        #expect(try await bucket.lifecycle() == .notSet)
        #expect(try await bucket.policy() == .notSet)
        #expect(try await bucket.objectLock().value == nil)
        #expect(try await bucket.tags() == .notSet)
        _ = try await bucket.encryption()
        _ = try await bucket.publicAccessBlock()
        _ = try await bucket.policyIsPublic()
        _ = try await bucket.location()
        _ = try await bucket.head()
        _ = try await bucket.putObject(key: "tagged", [1], attributes: S3ObjectAttributes(tags: ["a b": "c=d/@+"]))
        #expect(try await bucket.objectTags(key: "tagged") == .set(["a b": "c=d/@+"]))
    }

    /// Only ministack answers 301 with the right region, as AWS does.
    @Test func theRegionOfABucketIsLearntFromTheRedirect() async throws {
        guard await SharedServers.isAvailable(.ministack) else { return }
        let server = try await SharedServers.shared.server(.ministack)
        let there = try client(of: server) { $0.region = "eu-central-1" }.bucket(uniqueBucketName("far"))
        try await there.create(versioned: true, region: "eu-central-1")
        let here = try client(of: server).bucket(there.name)
        _ = try await here.putObject(key: "k", [1])
        #expect(here.region == "eu-central-1")
        #expect(try await here.headObject(key: "k").size == 1)
    }

    private func versions(of bucket: S3Bucket) async throws -> [S3ObjectVersion] {
        var all: [S3ObjectVersion] = []
        for try await page in bucket.objectVersions() { all += page }
        return all
    }
}
