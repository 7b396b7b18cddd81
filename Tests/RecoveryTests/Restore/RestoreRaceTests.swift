import Recovery
import Sites
import TestSupport
import Testing
import Timestamps

/// Two who want the same state at once, and servers whose conditions exclude nobody.
@Suite struct RestoreRaceTests {
    private let reference = SiteReference(site: "primary", key: RecoveryWorld.key)

    @Test func ofTwoRestoresAtOnceOneWrites() async throws {
        for _ in 0..<10 {
            let world = try await RecoveryWorld()
            let before = world.versionCount()
            let plans = (try await world.restore.plan(reference, to: .lastGood), try await world.restore.plan(reference, to: .serial(1)))
            async let first = attempt(world, plans.0)
            async let second = attempt(world, plans.1)
            let errors = await [first, second].compactMap { $0 }
            #expect(errors.count == 1, "\(errors)")
            for error in errors {
                switch error {
                case LockError.held, RestoreError.changedSincePlan: break
                default: Issue.record("\(error)")
                }
            }
            #expect(world.versionCount() == before + 1 && world.lockIsFree() && world.digestIsRight())
        }
    }

    private func attempt(_ world: RecoveryWorld, _ plan: RestorePlan) async -> (any Error)? {
        do {
            _ = try await world.restore.execute(plan)
            return nil
        } catch {
            return error
        }
    }

    @Test func aWriteBetweenPlanAndLockIsNoticed() async throws {
        let world = try await RecoveryWorld()
        let plan = try await world.restore.plan(reference, to: .lastGood)
        world.s3.put(S3StandIn.Body(SampleState(serial: 9, ids: [1]).text), key: RecoveryWorld.key, bucket: "states")
        let error = await attempt(world, plan)
        if case RestoreError.changedSincePlan? = error {} else { Issue.record("\(String(describing: error))") }
        #expect(world.versionCount() == 4 && world.lockIsFree())
    }

    @Test(arguments: [(S3StandIn.Conditions.honoured, WriteGuarding.honoured), (.ignored, .ignored), (.unusable, .ignored)])
    func whatTheServerMakesOfConditionsIsFoundOutAndSaid(conditions: S3StandIn.Conditions, guarding: WriteGuarding) async throws {
        let world = try await RecoveryWorld()
        world.s3.changeSettings { $0.conditions = conditions }
        let plan = try await world.restore.plan(reference, to: .lastGood)
        #expect(plan.guarding == guarding)
        #expect(plan.cautions.contains { $0.contains("conditional writes") } == (guarding == .ignored))
        #expect(world.versionCount(RecoveryWorld.key + ".tfguard-probe") == 0, "nothing of the probe is left")
        _ = try await world.restore.execute(plan)
        #expect(world.versionCount() == 4 && world.lockIsFree() && world.digestIsRight())
    }

    @Test func withoutConditionsAWriteRightBeforeOursIsNoticed() async throws {
        let world = try await RecoveryWorld()
        world.s3.changeSettings { $0.conditions = .ignored }
        var context = world.context()
        let s3 = world.s3
        context.reached = { if $0 == .backedUp { s3.put(S3StandIn.Body("{}"), key: RecoveryWorld.key, bucket: "states") } }
        let restore = StateRestore(context)
        let plan = try await restore.plan(reference, to: .lastGood)
        await #expect(throws: RestoreError.self) { try await restore.execute(plan) }
        #expect(world.versionCount() == 4 && world.current() == Array("{}".utf8) && world.lockIsFree())
    }

    @Test func withoutConditionsAVersionThatWasCoveredIsNamed() async throws {
        let world = try await RecoveryWorld()
        world.s3.changeSettings { $0.conditions = .ignored }
        let plan = try await world.restore.plan(reference, to: .lastGood)
        // Somebody's version slips in below ours, after the last look.
        let s3 = world.s3
        var context = world.context()
        context.reached = { step in
            guard step == .written, let last = s3.versions(of: RecoveryWorld.key, in: "states").last, let body = last.body else { return }
            s3.remove(last.id, of: RecoveryWorld.key, in: "states")
            s3.put(S3StandIn.Body("{}"), key: RecoveryWorld.key, bucket: "states", versionID: "slipped-in")
            s3.put(body, key: RecoveryWorld.key, bucket: "states", versionID: last.id)
        }
        let result = try await StateRestore(context).execute(plan)
        #expect(result.failures.contains { $0.contains("slipped-in") }, "\(result)")
    }

    @Test func aLockIsBrokenByItsWholeIDAlone() async throws {
        let world = try await RecoveryWorld()
        let theirs = LockInfo(id: "41564fba-e6c5-5e89-534f-b53733281637", operation: "OperationTypeApply", who: "ci@runner", version: "1.11.4", created: .now(), path: "states/\(RecoveryWorld.key)")
        let lock = StateLock(of: RecoveryWorld.key, at: world.primary, dynamoDB: world.table)
        try await lock.acquire(theirs)
        let plain = try await world.restore.plan(reference, to: .lastGood)
        #expect(plain.obstacles.count == 2)
        await #expect(throws: LockError.self) { try await world.restore.execute(plain) }
        let wrong = try await world.restore.plan(reference, to: .lastGood, allowing: RestorePermissions(brokenLock: "41564fba"))
        #expect(wrong.obstacles.count == 2)
        await #expect(throws: LockError.self) { try await world.restore.execute(wrong) }
        #expect(world.versionCount() == 3)
        let right = try await world.restore.plan(reference, to: .lastGood, allowing: RestorePermissions(brokenLock: theirs.id))
        #expect(right.obstacles.isEmpty)
        let result = try await world.restore.execute(right)
        #expect(result.brokenLocks.map(\.half) == [.file, .table] && result.brokenLocks.first?.info?.who == "ci@runner")
        #expect(world.lockIsFree() && world.versionCount() == 4)
    }
}
