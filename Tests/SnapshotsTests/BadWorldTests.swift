import AWSIdentity
import Findings
import S3
import Sites
import Synchronization
import TestSupport
import Testing
import Timestamps
import Vault

@testable import Snapshots

/// Each of the bad worlds: a clear error, nothing lost, nothing wrong stored as good.
@Suite struct BadWorldTests {
    @Test func aWrongBucketFailsItsSiteAlone() async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...2)
        let report = try await world.run([world.site("dr", bucket: "nobody"), world.site()])
        #expect(report.problems.map(\.code) == ["no-such-bucket"] && report.problems.first?.reference == "dr" && report.problems.first?.hint != nil)
        #expect(report.sites.map(\.isComplete) == [false, true] && report.sites.last?.versionsFetched == 2 && report.snapshotID != nil)
    }

    @Test func nothingIsRecordedWhenNoSiteAnswers() async throws {
        let world = try await SnapshotWorld()
        world.s3.inject(.accessDenied) { $0.operation == .listObjectVersions }
        let report = try await world.run()
        #expect(report.snapshotID == nil && report.problems.map(\.code) == ["access-denied"])
        #expect(report.problems.first?.hint?.contains("s3:ListBucketVersions") == true)
        #expect(try await world.vault.snapshots().isEmpty)
    }

    @Test func keysThatMayNotBeReadAreProblemsAndTheRestIsStored() async throws {
        let world = try await SnapshotWorld()
        let open = world.put("open.tfstate", serials: 1...3)
        let closed = world.put("closed.tfstate", serials: 1...3)
        world.s3.inject(.accessDenied) { $0.operation == .getObject && $0.key == "closed.tfstate" }
        let report = try await world.run()
        #expect(report.problems.count == 3 && report.problems.allSatisfy { $0.code == "access-denied" && $0.reference.hasPrefix("primary:closed.tfstate@id=") })
        #expect(report.snapshotID != nil)
        #expect(try await world.stored("open.tfstate") == open)
        #expect(try await world.stored("closed.tfstate") == [nil, nil, nil])
        world.s3.removeFaults()
        #expect(try await world.run().sites.first?.versionsFetched == 3)
        #expect(try await world.stored("closed.tfstate") == closed)
    }

    @Test func credentialsThatExpireInMidRunEndTheSiteAndLoseNothing() async throws {
        let world = try await SnapshotWorld()
        var bodies: [String: [[UInt8]]] = [:]
        for index in 0..<20 { bodies["s\(index).tfstate"] = world.put("s\(index).tfstate", serials: 1...5) }
        let count = Mutex(0)
        world.s3.inject(.expiredToken) { request in
            request.operation == .getObject && count.withLock { $0 += 1; return $0 > 30 }
        }
        let report = try await world.run()
        #expect(report.problems.first?.reference == "primary" && report.problems.first?.code == "expired-credentials")
        #expect(report.problems.first?.message.hasPrefix("gave up on the site") == true && report.sites.first?.isComplete == false)
        let fetched = try #require(report.sites.first?.versionsFetched)
        #expect((1...30).contains(fetched))
        // Nobody asks a hundred times with keys that are refused.
        #expect(world.getCount() < 100)
        world.s3.removeFaults()
        #expect(try await world.run().sites.first?.versionsFetched == 100 - fetched)
        for (key, expected) in bodies { #expect(try await world.stored(key) == expected) }
    }

    @Test func credentialsThatAreRenewedInMidRunLoseNothingAndAreNoProblem() async throws {
        /// Gives out other keys once the first were refused.
        actor Renewing: CredentialProvider {
            var refusals = 0
            func credentials() -> AWSCredentials {
                AWSCredentials(accessKeyID: refusals == 0 ? "AKIDOLD" : "AKIDNEW", secretAccessKey: "secret", sessionToken: refusals == 0 ? "old" : "new")
            }
            func invalidate(_ refused: AWSCredentials) { if refused.accessKeyID == "AKIDOLD" { refusals += 1 } }
        }
        let world = try await SnapshotWorld()
        var bodies: [String: [[UInt8]]] = [:]
        for index in 0..<20 { bodies["s\(index).tfstate"] = world.put("s\(index).tfstate", serials: 1...5) }
        world.s3.inject(.expiredToken) { $0.header("x-amz-security-token") == "old" && $0.number >= 30 }
        let keys = Renewing()
        let bucket = S3Client(S3Configuration(region: "us-east-1", endpoint: world.s3.url), credentials: keys, http: world.http, clock: SnapshotWorld.clock).bucket("states")
        let report = try await world.run([Site(settings: SiteSettings(name: "primary", bucket: "states"), bucket: bucket)])
        #expect(report.problems.isEmpty && report.sites.first?.versionsFetched == 100, "\(report.problems)")
        #expect(await keys.refusals > 0)
        for (key, expected) in bodies { #expect(try await world.stored(key) == expected) }
    }

    @Test func aStormOf503IsSatOut() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...20)
        // Every version once, and ten of them twice: which one is asked for when is not ours to say.
        let refusals = Mutex<[String: Int]>([:])
        world.s3.inject(.slowDown) { request in
            guard request.operation == .getObject, let version = request.http.query("versionId") else { return false }
            return refusals.withLock { refusals in
                let count = refusals[version, default: 0]
                let isHit = count == 0 || count == 1 && refusals.values.count { $0 == 2 } < 10
                if isHit { refusals[version, default: 0] += 1 }
                return isHit
            }
        }
        let report = try await world.run()
        #expect(report.problems.isEmpty && refusals.withLock { $0.values.reduce(0, +) } == 30, "\(report.problems)")
        #expect(try await world.stored("a.tfstate") == bodies)
    }

    @Test func aServerThatIsGoneIsNotAskedForEver() async throws {
        let world = try await SnapshotWorld()
        for index in 0..<100 { world.put("s\(index).tfstate", serials: 1...5) }
        world.s3.inject(.slowDown) { $0.operation == .getObject }
        let report = try await world.run()
        #expect(report.problems.first?.reference == "primary" && report.problems.first?.message.hasPrefix("gave up") == true)
        #expect(report.sites.first?.versionsFetched == 0 && world.getCount() < 800)
    }

    @Test(arguments: [
        S3StandIn.Fault.wire(.resetAfter(bodyBytes: 100)), .cut(to: 50), .claimLength(10_000), .flipByte(at: 40), .emptyBody, .htmlPage(502), .internalError,
        .header("x-amz-version-id", "another"), .errorIn200(code: "InternalError"), .wire(.closeWithoutAnswer),
    ]) func liesAndAccidentsOnTheWireAreRepeatedUntilTheBytesAreRight(fault: S3StandIn.Fault) async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...6)
        world.s3.inject(fault, times: 2) { $0.operation == .getObject }
        let report = try await world.run()
        #expect(report.problems.isEmpty, "\(report.problems)")
        #expect(try await world.stored("a.tfstate") == bodies)
    }

    @Test(arguments: [S3StandIn.Fault.cut(to: 50), .flipByte(at: 40), .emptyBody, .htmlPage(200), .header("x-amz-version-id", "another")])
    func bytesThatNeverComeRightAreNeverStored(fault: S3StandIn.Fault) async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...3)
        let bad = world.s3.versions(of: "a.tfstate", in: "states")[1].id
        world.s3.inject(fault) { $0.operation == .getObject && $0.versionID == bad }
        let report = try await world.run()
        #expect(report.problems.count == 1 && report.problems.first?.reference == "primary:a.tfstate@id=\(bad)")
        #expect(try await world.stored("a.tfstate") == [bodies[0], nil, bodies[2]])
    }

    @Test func aVersionThatVanishesBetweenListAndGetIsReportedAsGone() async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...3)
        let gone = world.s3.versions(of: "a.tfstate", in: "states")[0].id
        world.s3.inject(.error(status: 404, code: "NoSuchVersion", message: "gone")) { $0.operation == .getObject && $0.versionID == gone }
        let report = try await world.run()
        #expect(report.problems.isEmpty && report.findings.map(\.ruleID) == ["snapshot.version-vanished"] && report.sites.first?.versionsFetched == 2)
    }

    @Test(arguments: [("InvalidObjectState", "archived", "restore-object"), ("AccessDenied", "access-denied", "kms:Decrypt")])
    func archivesAndKeysOutOfReachSayWhatToDo(code: String, expected: String, hint: String) async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...1)
        world.s3.inject(.error(status: 403, code: code, message: "no")) { $0.operation == .getObject }
        let problem = try #require(try await world.run().problems.first)
        #expect(problem.code == expected && problem.hint?.contains(hint) == true)
    }

    @Test(arguments: [(S3StandIn.Versioning.off, RuleID("bucket.versioning-off")), (.suspended, RuleID("bucket.versioning-suspended"))])
    func withoutVersioningItWorksAndSaysWhatThatMeans(versioning: S3StandIn.Versioning, rule: RuleID) async throws {
        let world = try await SnapshotWorld()
        world.s3.setVersioning(versioning, of: "states")
        let first = world.put("a.tfstate", serials: 1...1)
        let report = try await world.run()
        #expect(report.findings.map(\.ruleID) == [rule] && report.problems.isEmpty)
        // The next write overwrites `null`; the vault keeps both.
        let second = world.put("a.tfstate", serials: 2...2)
        #expect(try await world.run().sites.first?.versionsFetched == 1)
        #expect(try await world.stored("a.tfstate") == first + second)
    }

    @Test func aClockThatIsADayOffIsCorrected() async throws {
        var settings = S3StandIn.Settings()
        settings.checksClock = true
        settings.clockOffset = 86_400
        let world = try await SnapshotWorld(settings: settings)
        let bodies = world.put("a.tfstate", serials: 1...4)
        #expect(try await world.run().problems.isEmpty)
        #expect(try await world.stored("a.tfstate") == bodies)
    }

    static let hostileKeys: [String] = [
        "../../etc/passwd", "a//b", "a/./b", "a/b", "/abs/e", "..", ".", "x/..", "back\\..\\slash", "~/x", "-rf", "$(id)", "CON", "dir", "dir/x", "::error::x",
        "n\u{E9}.tfstate", "ne\u{301}.tfstate", "A.tfstate", "a.tfstate", "\u{202E}evil", "\u{1F600}", "ctrl\u{1}\u{1B}[2Jx", "new\nline", "a+b c%20d&e<f>\"g'", "env:/w/k",
        "k@id=abc", String(repeating: "k", count: 1024), "q?versionId=1#f", "tab\tx",
    ]

    @Test func hostileKeysAreKeptApartAndComeBackExactly() async throws {
        let world = try await SnapshotWorld()
        var bodies: [[UInt8]: [[UInt8]]] = [:]
        for (index, key) in Self.hostileKeys.enumerated() { bodies[Array(key.utf8)] = world.put(key, serials: 1...2, lineage: "lineage-\(index)") }
        let report = try await world.run()
        #expect(report.problems.isEmpty && report.findings.isEmpty && report.sites.first?.states == Self.hostileKeys.count)
        let states = try await world.vault.states()
        #expect(Set(states.map { Array($0.key.utf8) }) == Set(bodies.keys))
        for state in states { #expect(try await world.stored(state.key) == bodies[Array(state.key.utf8)], "\(state)") }
    }

    @Test func aKeyListedInTwoPlacesMakesTheRunPartial() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...2)
        let ids = world.s3.versions(of: "a.tfstate", in: "states").map(\.id)
        func page(_ key: String, _ id: String, next: String = "") -> S3StandIn.Fault {
            let size = bodies.first?.count ?? 0
            return .answer(
                .text(
                    "<ListVersionsResult><IsTruncated>\(!next.isEmpty)</IsTruncated>\(next)<Version><Key>\(key)</Key><VersionId>\(id)</VersionId><IsLatest>true</IsLatest>"
                        + "<LastModified>2026-11-22T14:02:14Z</LastModified><ETag></ETag><Size>\(size)</Size></Version></ListVersionsResult>"))
        }
        world.s3.inject(page("a.tfstate", ids[1], next: "<NextKeyMarker>b</NextKeyMarker>"), times: 1) { $0.operation == .listObjectVersions }
        world.s3.inject(page("b.tfstate.tflock", "1", next: "<NextKeyMarker>c</NextKeyMarker>"), times: 1) { $0.operation == .listObjectVersions }
        world.s3.inject(page("a.tfstate", ids[0]), times: 1) { $0.operation == .listObjectVersions }
        let report = try await world.run()
        #expect(report.problems.map(\.code) == ["key-listed-twice"] && report.problems.first?.reference == "primary:a.tfstate", "\(report.problems)")
        #expect(report.sites.first?.isComplete == false && report.sites.first?.versionsFetched == 1)
    }

    @Test func aHundredThousandVersionsAreListedWithoutBeingLoaded() async throws {
        let world = try await SnapshotWorld()
        let lock = S3StandIn.Body("{\"ID\":\"x\"}")
        let state = S3StandIn.Body(SnapshotWorld.state(serial: 1))
        var versions: [(key: String, body: S3StandIn.Body?)] = []
        for index in 0..<500 {
            versions.append(("s\(index)/terraform.tfstate", state))
            for number in 0..<200 { versions.append(("s\(index)/terraform.tfstate.tflock", number % 2 == 0 ? lock : nil)) }
        }
        world.s3.load(versions, into: "states")
        let report = try await world.run()
        #expect(report.sites.first?.states == 500 && report.sites.first?.ignored == [.lockFile: 500] && report.problems.isEmpty)
        #expect(world.getCount() == 500)
    }

    @Test func cancellationStopsAtASafePointAndTheNextRunGoesOn() async throws {
        let world = try await SnapshotWorld()
        var bodies: [String: [[UInt8]]] = [:]
        for index in 0..<30 { bodies["s\(index).tfstate"] = world.put("s\(index).tfstate", serials: 1...6) }
        let count = Mutex(0)
        // Slower from where the cancel is due, so that a busy machine cannot be done before it comes.
        world.s3.inject(.wire(.delay(.milliseconds(200)))) { request in
            guard request.operation == .getObject else { return false }
            return count.withLock { $0 += 1; return $0 >= 60 }
        }
        let task = Task { try await world.run() }
        while count.withLock({ $0 }) < 60 { try await Task.sleep(for: .milliseconds(1)) }
        let start = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(try await world.vault.snapshots().isEmpty)
        world.s3.removeFaults()
        world.s3.forgetRequests()
        let report = try await world.run()
        #expect(report.problems.isEmpty)
        #expect(world.getCount() < 180 && world.getCount() > 0)
        for (key, expected) in bodies { #expect(try await world.stored(key) == expected) }
    }

    @Test func aRewrittenVersionIsNoticed() async throws {
        let world = try await SnapshotWorld()
        let before = world.put("a.tfstate", serials: 1...2)
        _ = try await world.run()
        let id = world.s3.versions(of: "a.tfstate", in: "states")[0].id
        let forged = SnapshotWorld.state(serial: 1, instances: 1)
        world.s3.remove(id, of: "a.tfstate", in: "states")
        _ = world.s3.put(S3StandIn.Body(forged), key: "a.tfstate", bucket: "states", versionID: id)
        let report = try await world.run()
        #expect(report.findings.map(\.ruleID) == ["snapshot.version-rewritten"] && report.findings.first?.severity == .critical)
        let stored = try await world.stored("a.tfstate")
        #expect(stored.contains(before[0]) && stored.contains(forged) && stored.contains(before[1]))
    }

    @Test func tooManyUnclearObjectsAreCountedAndSaid() async throws {
        let world = try await SnapshotWorld()
        for index in 0..<10 { _ = world.s3.put(S3StandIn.Body("some text that is no state at all"), key: "doc\(index)", bucket: "states") }
        let report = try await world.run(nil, world.options { $0.examinedObjects = 4 })
        #expect(report.sites.first?.ignored == [.otherContent: 4, .notExamined: 6] && report.findings.map(\.ruleID) == ["discovery.too-many-objects"])
    }

    @Test func objectsThatMayNotBeLookedIntoAreNoFailure() async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...1)
        _ = world.s3.put(S3StandIn.Body("some text that is no state at all"), key: "private", bucket: "states")
        world.s3.inject(.accessDenied) { $0.operation == .getObject && $0.key == "private" }
        let report = try await world.run()
        #expect(report.problems.isEmpty && report.findings.map(\.ruleID) == ["discovery.unreadable-object"] && report.sites.first?.ignored == [.unreadable: 1])
    }
}
