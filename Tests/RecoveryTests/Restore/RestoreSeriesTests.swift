import Recovery
import Sites
import Snapshots
import TestSupport
import Testing
import Timestamps

/// Many states, other sites, and what a plan warns of.
@Suite struct RestoreSeriesTests {
    private static let keys = ["a/terraform.tfstate", "b/terraform.tfstate", "c/terraform.tfstate"]

    private func world() async throws -> RecoveryWorld {
        let versions = [SampleState(serial: 1, ids: [1]).text, SampleState(serial: 2, ids: [1, 2]).text]
        return try await RecoveryWorld(Dictionary(uniqueKeysWithValues: Self.keys.map { ($0, versions) }))
    }

    private func targets(_ world: RecoveryWorld, _ version: VersionSelector = .serial(1)) -> [RestoreSeries.Target] {
        Self.keys.map { RestoreSeries.Target(restore: world.restore, reference: SiteReference(site: "primary", key: $0), version: version) }
    }

    private func statuses(_ series: RestoreSeries) -> [String] {
        series.items.map { item in
            switch item.outcome {
            case .planned: "planned"
            case .unchanged: "unchanged"
            case .absent: "absent"
            case .refused: "refused"
            case .done: "done"
            case .failed: "failed"
            case .notStarted: "not started"
            }
        }
    }

    @Test func stopsAtTheFirstFailureAndGoesOnInTheNextRun() async throws {
        let world = try await world()
        var first = try await RestoreSeries(planning: targets(world))
        #expect(statuses(first) == ["planned", "planned", "planned"])
        #expect(Self.keys.allSatisfy { world.versionCount($0) == 2 })
        world.s3.inject(.accessDenied) { $0.http.method == "PUT" && $0.key == Self.keys[1] }
        await first.execute()
        #expect(statuses(first) == ["done", "failed", "not started"])
        #expect(Self.keys.map { world.versionCount($0) } == [3, 2, 2])
        world.s3.removeFaults()
        var second = try await RestoreSeries(planning: targets(world))
        #expect(statuses(second) == ["unchanged", "planned", "planned"])
        await second.execute()
        #expect(statuses(second) == ["unchanged", "done", "done"])
        #expect(Self.keys.map { world.versionCount($0) } == [3, 3, 3])
        #expect(Self.keys.allSatisfy { world.lockIsFree($0) && world.digestIsRight($0) })
        #expect(try await statuses(RestoreSeries(planning: targets(world))) == ["unchanged", "unchanged", "unchanged"])
    }

    @Test func aStateThatDidNotExistThenIsLeftAloneWhenThatIsAllowed() async throws {
        let world = try await world()
        var targets = targets(world, .at(Timestamp(seconds: 1000)))
        #expect(try await statuses(RestoreSeries(planning: targets)) == ["refused", "refused", "refused"])
        for index in targets.indices { targets[index].allowsAbsence = true }
        var series = try await RestoreSeries(planning: targets)
        #expect(statuses(series) == ["absent", "absent", "absent"])
        await series.execute()
        #expect(Self.keys.map { world.versionCount($0) } == [2, 2, 2])
    }

    @Test func anInterruptedRunBeginsNothingMore() async throws {
        let world = try await world()
        let planned = try await RestoreSeries(planning: targets(world))
        let task = Task {
            var series = planned
            withUnsafeCurrentTask { $0?.cancel() }
            await series.execute()
            return series
        }
        #expect(statuses(await task.value) == ["not started", "not started", "not started"])
        #expect(Self.keys.map { world.versionCount($0) } == [2, 2, 2])
    }

    @Test func aVersionOfOneSiteIsWrittenIntoAnotherUnderItsLocksAndDigest() async throws {
        let world = try await RecoveryWorld()
        var context = world.context(at: world.dr)
        context.origin = world.primary
        context.origins = ["primary"]
        let restore = StateRestore(context)
        let plan = try await restore.plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .lastGood)
        #expect(plan.reference == "dr:\(RecoveryWorld.key)" && plan.newSerial == 3 && plan.from == nil)
        #expect(plan.cautions.contains { $0.contains("replica") })
        #expect(plan.locks.contains { $0.contains("s3://states-dr/") } && plan.locks.contains { $0.contains("states-dr/net") })
        let result = try await restore.execute(plan)
        #expect(result.digestUpdated == true && world.versionCount(in: "states-dr") == 1 && world.versionCount() == 3)
        #expect(world.current(in: "states-dr") == Array(SampleState(serial: 3, ids: [1, 2, 3]).text.utf8))
        #expect(world.dynamoDB.items["states-dr/\(RecoveryWorld.key)-md5"] != nil && world.dynamoDB.items["states-dr/\(RecoveryWorld.key)"] == nil)
        // The other way the serials of both count.
        var home = world.context()
        home.origin = world.dr
        let back = try await StateRestore(home).plan(SiteReference(site: "dr", key: RecoveryWorld.key), to: .latest)
        #expect(back.newSerial == 4 && back.reference == "primary:\(RecoveryWorld.key)")
    }

    @Test func anotherLineageAtTheDestinationIsRefused() async throws {
        let world = try await RecoveryWorld()
        world.s3.put(S3StandIn.Body(SampleState(serial: 5, lineage: "other", ids: [7]).text), key: RecoveryWorld.key, bucket: "states-dr")
        var context = world.context(at: world.dr)
        context.origin = world.primary
        let restore = StateRestore(context)
        await #expect(throws: RestoreError.self) { try await restore.plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .lastGood) }
    }

    @Test func versionSkewIsSaid() async throws {
        func cautions(_ then: SampleState, _ now: SampleState, configured: String? = nil) async throws -> String {
            let world = try await RecoveryWorld([RecoveryWorld.key: [then.text, now.text]])
            var site = world.primary
            site = Site(settings: { var settings = site.settings; settings.terraformVersion = configured; return settings }(), bucket: site.bucket)
            let plan = try await StateRestore(world.context(at: site)).plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .serial(UInt64(then.serial)))
            return plan.cautions.joined(separator: "\n")
        }
        let now = SampleState(serial: 2, ids: [1], schemaVersion: 2, terraform: "1.11.4")
        #expect(try await cautions(SampleState(serial: 1, ids: [1], schemaVersion: 2, terraform: "1.11.4"), now) == "")
        #expect(try await cautions(SampleState(serial: 1, ids: [1], schemaVersion: 3), now).contains("aws_instance has schema version 3, now 2"))
        #expect(try await cautions(SampleState(serial: 1, ids: [1], schemaVersion: 1), now).contains("from before an upgrade of the provider"))
        #expect(try await cautions(SampleState(serial: 1, ids: [1], schemaVersion: 2, terraform: "1.13.0"), now).contains("the last good version is of 1.11.4"))
        #expect(try await cautions(SampleState(serial: 1, ids: [1], schemaVersion: 2), now, configured: "1.9.8").contains("the site's configuration says 1.9.8"))
        #expect(try await cautions(SampleState(serial: 1, ids: [1], schemaVersion: 2, terraform: "1.5.7"), now).contains("the state is at 1.11.4 now"))
    }

    @Test func attributesOfTheLastGoodVersionAreKept() async throws {
        let world = try await RecoveryWorld()
        let isState = { @Sendable (request: S3StandIn.Request) in request.operation == .headObject && request.key == RecoveryWorld.key && request.versionID != nil }
        for (name, value) in [
            ("Content-Type", "text/plain"), ("x-amz-server-side-encryption", "aws:kms"), ("x-amz-server-side-encryption-aws-kms-key-id", "arn:aws:kms:us-east-1:1:key/k"),
            ("x-amz-meta-owner", "team-a"), ("x-amz-tagging-count", "2"),
        ] { world.s3.inject(.header(name, value), when: isState) }
        world.s3.inject(
            .answer(.text(200, "<Tagging><TagSet><Tag><Key>team</Key><Value>a &amp; b</Value></Tag><Tag><Key>k</Key><Value/></Tag></TagSet></Tagging>"))) { $0.http.target.contains("tagging") }
        let plan = try await world.restore.plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .lastGood)
        world.s3.forgetRequests()
        _ = try await world.restore.execute(plan)
        let put = try #require(world.s3.requests.first { $0.operation == .putObject && $0.key == RecoveryWorld.key })
        #expect(put.header("content-type") == "text/plain" && put.header("x-amz-meta-owner") == "team-a")
        #expect(put.header("x-amz-server-side-encryption") == "aws:kms" && put.header("x-amz-server-side-encryption-aws-kms-key-id") == "arn:aws:kms:us-east-1:1:key/k")
        #expect(put.header("x-amz-tagging") == "k=&team=a%20%26%20b")
    }

    @Test func anEncryptedStateComesBackByteForByteAndThatIsSaid() async throws {
        func sealed(_ serial: Int) -> String { #"{"serial":\#(serial),"lineage":"a","meta":{"key_provider.pbkdf2.main":"e30="},"encrypted_data":"c2VjcmV0","encryption_version":"v0"}"# }
        let world = try await RecoveryWorld([RecoveryWorld.key: [sealed(1), sealed(2)]])
        let plan = try await world.restore.plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .before(1))
        #expect(plan.newSerial == nil && plan.cautions.contains { $0.contains("serial cannot be raised") })
        let result = try await world.restore.execute(plan)
        world.s3.put(S3StandIn.Body("<html>"), key: RecoveryWorld.key, bucket: "states")
        let good = try await StateDoctor(catalog: world.catalog, site: world.primary, dynamoDB: nil, now: { .now() }).examine(SiteReference(site: "primary", key: RecoveryWorld.key)).lastGood
        #expect(good?.serial == 2, "serial 1 went back, and does not pass")
        world.s3.remove(try #require(world.s3.versions(of: RecoveryWorld.key, in: "states").last).id, of: RecoveryWorld.key, in: "states")
        #expect(result.serial == nil && world.current() == Array(sealed(1).utf8) && world.digestIsRight() && world.lockIsFree())
    }

    @Test func whatIsForgottenAndWhatReturnsComesWithItsRemedy() async throws {
        let world = try await RecoveryWorld([RecoveryWorld.key: [SampleState(serial: 1, ids: [1, 2]).text, SampleState(serial: 2, ids: [2, 3]).text]])
        let plan = try await world.restore.plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .serial(1))
        #expect(plan.lost.map(\.importBlock) == ["import {\n  to = aws_instance.web[3]\n  id = \"i-3\"\n}"])
        #expect(plan.returning.map(\.removal) == ["terraform state rm 'aws_instance.web[1]'"])
        #expect(plan.returning.map(\.removedBlock) == ["removed {\n  from = aws_instance.web\n  lifecycle {\n    destroy = false\n  }\n}"])
    }
}
