import Findings
import Sites
import Synchronization
import TestSupport
import Testing
import Timestamps
import Vault

@testable import Snapshots

@Suite struct SnapshotRunTests {
    @Test func everyVersionComesBackByteForByteAndTheSecondRunFetchesNothing() async throws {
        let world = try await SnapshotWorld()
        let network = world.put("prod/network/terraform.tfstate", serials: 1...12)
        let app = world.put("env:/blue/prod/app/terraform.tfstate", serials: 1...3)
        let first = try await world.run()
        #expect(first.problems.isEmpty && first.findings.isEmpty && first.snapshotID != nil)
        #expect(first.sites.first?.states == 2 && first.sites.first?.versions == 15 && first.sites.first?.versionsFetched == 15)
        #expect(first.sites.first?.bytesFetched == Int64((network + app).reduce(0) { $0 + $1.count }))
        #expect(try await world.stored("prod/network/terraform.tfstate") == network)
        #expect(try await world.stored("env:/blue/prod/app/terraform.tfstate") == app)

        world.s3.forgetRequests()
        let second = try await world.run()
        #expect(second.sites.first?.versionsFetched == 0 && second.sites.first?.versions == 15 && world.getCount() == 0)
        world.put("prod/network/terraform.tfstate", serials: 13...14)
        let third = try await world.run()
        #expect(third.sites.first?.versionsFetched == 2 && world.getCount() == 2)
        #expect(try await world.vault.snapshots().count == 3)
        let newest = try await world.vault.history(of: StateID(site: "primary", key: "prod/network/terraform.tfstate"))?.versions.first
        #expect(newest?.summary?.serial == 14 && newest?.summary?.verdict == "ok" && newest?.summary?.instanceCount == 3)
    }

    /// moto lists the delete markers of a page behind all its versions.
    @Test(arguments: [3, 4, 1000]) func deleteMarkersAreKeptInTheirPlaceWhereverTheServerListsThem(pageLimit: Int) async throws {
        var settings = S3StandIn.Settings()
        settings.listsMarkersLast = true
        settings.pageLimit = pageLimit
        let world = try await SnapshotWorld(settings: settings)
        let keys = ["a.tfstate", "b.tfstate", "c.tfstate"]
        for key in keys {
            for second in 1...7 {
                let body = second % 2 == 0 ? nil : S3StandIn.Body(SnapshotWorld.state(serial: second))
                _ = world.s3.put(body, key: key, bucket: "states", modified: 1_800_000_000 + Int64(second))
            }
        }
        let report = try await world.run()
        #expect(report.findings.isEmpty && report.problems.isEmpty, "\(report.findings)")
        #expect(report.sites.first?.states == 3 && report.sites.first?.versions == 12 && report.sites.first?.deleteMarkers == 9)
        for key in keys {
            let history = try #require(try await world.vault.history(of: StateID(site: "primary", key: key)))
            #expect(history.versions.map(\.listed.versionID) == world.s3.versions(of: key, in: "states").reversed().map(\.id))
            #expect(history.versions.map(\.listed.isLatest) == [true] + Array(repeating: false, count: 6))
        }
        #expect(try await world.run().sites.first?.versionsFetched == 0)
    }

    @Test func statesAreToldFromOtherObjectsAndEverythingIsCounted() async throws {
        let world = try await SnapshotWorld()
        let state = world.put("no-ending", serials: 1...2)
        let cache = #"{"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{"bucket":"x"},"hash":1}}"#
        let plan = #"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{},"resource_changes":[]}"#
        for (key, text) in [
            ("a.tfstate.tflock", "{}"), ("folder/", ""), (".terraform/terraform.tfstate", cache), ("cache/terraform.tfstate", cache), ("plan.json", plan),
            ("named.tfstate", plan), ("logo.png", "x"), ("tiny", "x"), ("README", "Read me before you do anything at all."),
        ] { _ = world.s3.put(S3StandIn.Body(text), key: key, bucket: "states") }
        _ = world.s3.put(nil, key: "gone", bucket: "states")
        let report = try await world.run()
        #expect(try await world.vault.states().map(\.key) == ["no-ending"])
        #expect(try await world.stored("no-ending") == state)
        #expect(
            report.sites.first?.ignored == [
                .lockFile: 1, .folderMarker: 1, .backendCache: 2, .plan: 2, .otherFileType: 1, .tooSmall: 1, .otherContent: 1, .deleted: 1,
            ])
        // The sniffing asks for a kilobyte, never for the whole.
        let examined = world.s3.requests.filter { $0.operation == .getObject && $0.key == "README" }
        #expect(examined.count == 1 && examined.first?.header("range") == "bytes=0-37")
    }

    @Test func whatWasFoundToBeNoStateIsNotReadAgainUntilItChanges() async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...2)
        let cache = #"{"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{"bucket":"x"},"hash":1}}"#
        for key in ["cache/terraform.tfstate", ".terraform/terraform.tfstate"] { _ = world.s3.put(S3StandIn.Body(cache), key: key, bucket: "states") }
        for key in ["README", "doc\u{1}\"<", "n\u{E9}", "ne\u{301}"] { _ = world.s3.put(S3StandIn.Body("Read me before you do anything at all."), key: key, bucket: "states") }
        // A dry run leaves nothing behind, not even what it found out.
        _ = try await world.plan(vault: world.vault)
        #expect(try await world.vault.observations(.examined, newest: 10).notes.isEmpty)
        let first = try await world.run()
        #expect(first.sites.first?.ignored == [.backendCache: 2, .otherContent: 4])
        world.s3.forgetRequests()
        for run in 1...3 {
            let again = try await SnapshotRun(
                sites: [world.site()], vault: BackupVault.open(world.storage), options: world.options(), tool: "test", now: { .now() }
            ).run()
            #expect(again.sites == first.sites.map { $0.withoutFetches } && again.problems.isEmpty && world.getCount() == 0, "run \(run)")
        }
        _ = try await world.plan(vault: world.vault)
        #expect(world.getCount() == 0)
        #expect(try await world.vault.observations(.examined, newest: 10).notes.count == 1)
        // What changes is looked into, and that alone.
        let readme = world.put("README", serials: 1...1)
        let fourth = try await world.run()
        #expect(fourth.sites.first?.states == 2 && fourth.sites.first?.ignored == [.backendCache: 2, .otherContent: 3])
        #expect(try await world.stored("README").last == readme.last)
        #expect(Set(world.s3.requests.filter { $0.operation == .getObject }.map(\.key)) == ["README"])
        #expect(try await world.vault.check(.readAllData).isSound)
    }

    @Test func whatIsRememberedOfObjectsIsOneNoteThatShardsAndPatternsDoNotForget() async throws {
        let world = try await SnapshotWorld()
        for index in 0..<40 { _ = world.s3.put(S3StandIn.Body("some text that is no state, number \(index)"), key: "doc\(index)", bucket: "states") }
        for shard in ["1/2", "2/2"] { _ = try await world.run(nil, world.options { $0.shard = StateSelection.Shard(shard) }) }
        #expect(world.getCount() == 40)
        _ = try await world.run(nil, world.options { $0.states = [Glob("doc1*")].compactMap(\.self) })
        _ = try await world.run()
        #expect(world.getCount() == 40)
        #expect(try await world.vault.observations(.examined, newest: 10).notes.count == 1)
        // A note that was damaged is as good as none.
        let name = try #require(try await world.storage.list(.examined).objects.first?.name)
        try await world.storage.delete(name)
        _ = try await world.storage.putIfAbsent(name, Array("{".utf8))
        #expect(try await world.run().problems.isEmpty && world.getCount() == 80)
        #expect(try await world.run().problems.isEmpty && world.getCount() == 80)
    }

    @Test func aKnownStateStaysOneWhateverItTurnsInto() async throws {
        let world = try await SnapshotWorld()
        for key in ["plain", "named.tfstate", "removed"] { world.put(key, serials: 1...2) }
        _ = try await world.run()
        _ = world.s3.put(S3StandIn.Body("<html>502</html>, and then some more of it"), key: "plain", bucket: "states")
        _ = world.s3.put(S3StandIn.Body(""), key: "named.tfstate", bucket: "states")
        _ = world.s3.put(nil, key: "removed", bucket: "states")
        let report = try await world.run()
        #expect(report.sites.first?.states == 3 && report.sites.first?.deleteMarkers == 1 && report.sites.first?.versionsFetched == 2)
        #expect(try await world.stored("plain").count == 3)
        #expect(try await world.stored("named.tfstate").last == .some([]))
        let history = try #require(try await world.vault.history(of: StateID(site: "primary", key: "plain")))
        #expect(history.versions.first?.summary?.form == "html")
    }

    @Test func aStateThatBecameGarbageBeforeTheFirstRunIsStillFound() async throws {
        let world = try await SnapshotWorld()
        world.put("plain", serials: 1...1)
        _ = world.s3.put(S3StandIn.Body("<html>502</html>, and then some more of it"), key: "plain", bucket: "states")
        #expect(try await world.run().sites.first?.states == 1)
    }

    @Test func selectionShardAndMomentNarrowARun() async throws {
        let world = try await SnapshotWorld()
        for index in 0..<12 { world.put("prod/s\(index)/terraform.tfstate", serials: 1...1) }
        let globs = [try #require(Glob("prod/s1*/**"))]
        let some = try await world.run(nil, world.options { $0.states = globs })
        #expect(some.sites.first?.states == 3 && some.sites.first?.ignored == [.notSelected: 9])
        var states = 0
        for index in 1...3 {
            let shard = StateSelection.Shard(index: index, count: 3)
            states += try await world.run(nil, world.options { $0.shard = shard }).sites.first?.states ?? 0
        }
        #expect(states == 12)
        #expect(try await world.vault.states().count == 12)
    }

    @Test func asOfTakesTheBucketAsItWasThen() async throws {
        let world = try await SnapshotWorld()
        for serial in 1...4 {
            _ = world.s3.put(S3StandIn.Body(SnapshotWorld.state(serial: serial)), key: "a.tfstate", bucket: "states", modified: 1_700_000_000 + Int64(serial) * 60)
        }
        let report = try await world.run(nil, world.options { $0.asOf = Timestamp(seconds: 1_700_000_130) })
        #expect(report.sites.first?.versions == 2)
        let history = try #require(try await world.vault.history(of: StateID(site: "primary", key: "a.tfstate")))
        #expect(history.versions.map(\.summary?.serial) == [2, 1] && history.versions.map(\.listed.isLatest) == [true, false])
    }

    @Test func aPlanFetchesAndWritesNothing() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...5)
        let names = try await world.storage.list(.root).objects.count
        let plan = try await world.plan()
        #expect(plan.isDryRun && plan.snapshotID == nil && plan.sites.first?.versionsFetched == 5)
        #expect(plan.sites.first?.bytesFetched == Int64(bodies.reduce(0) { $0 + $1.count }))
        #expect(world.getCount() == 0)
        #expect(try await world.storage.list(.root).objects.count == names)
        _ = try await world.run()
        world.put("a.tfstate", serials: 6...6)
        #expect(try await world.plan(nil, vault: world.vault).sites.first?.versionsFetched == 1)
    }

    @Test func aStateWithoutAnyVersionLeftIsKeptAndReported() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...2)
        world.put("b.tfstate", serials: 1...1)
        _ = try await world.run()
        for version in world.s3.versions(of: "a.tfstate", in: "states") { world.s3.remove(version.id, of: "a.tfstate", in: "states") }
        let report = try await world.run()
        #expect(report.findings.map(\.ruleID) == ["discovery.state-gone"] && report.findings.first?.subject == "primary:a.tfstate")
        #expect(try await world.stored("a.tfstate") == bodies)
        // A run that is about other states says nothing about it.
        let glob = [try #require(Glob("b.tfstate"))]
        #expect(try await world.run(nil, world.options { $0.states = glob }).findings.isEmpty)
    }

    @Test func progressOnlyGrowsAndEndsComplete() async throws {
        let world = try await SnapshotWorld()
        for index in 0..<20 { world.put("s\(index).tfstate", serials: 1...4) }
        let seen = Mutex<[SnapshotProgress]>([])
        _ = try await world.run { progress in seen.withLock { $0.append(progress) } }
        let all = seen.withLock { $0 }
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.versionsFetched <= $1.versionsFetched && $0.states <= $1.states && $0.versionsToFetch <= $1.versionsToFetch })
        let last = try #require(all.last)
        #expect(last.phase == .committing && last.states == 20 && last.versionsFetched == 80 && last.versionsToFetch == 80 && last.bytesFetched == last.bytesToFetch)
    }

    @Test func aLargeVersionPassesASmallBudget() async throws {
        let world = try await SnapshotWorld()
        let large = SnapshotWorld.state(serial: 1, instances: 20_000)
        _ = world.s3.put(S3StandIn.Body(large), key: "large.tfstate", bucket: "states")
        for index in 0..<6 { world.put("s\(index).tfstate", serials: 1...6) }
        let report = try await world.run(
            nil,
            world.options {
                $0.bytesInFlight = 2_000
                $0.residentBytes = 2_000
                $0.parallel = 2
                $0.statesAtOnce = 3
            })
        #expect(report.problems.isEmpty && report.sites.first?.versionsFetched == 37)
        #expect(try await world.stored("large.tfstate") == [large])
    }

    @Test func twoRunsAtOnceOnOneVaultBothSucceed() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...10)
        async let one = world.run()
        async let two = world.run()
        #expect(try await one.problems.isEmpty)
        #expect(try await two.problems.isEmpty)
        #expect(try await world.stored("a.tfstate") == bodies)
        #expect(try await world.vault.snapshots().count == 2)
    }
}

extension SiteReport {
    /// The same as a run sees it that finds nothing new.
    fileprivate var withoutFetches: SiteReport {
        var report = self
        (report.versionsFetched, report.bytesFetched) = (0, 0)
        return report
    }
}
