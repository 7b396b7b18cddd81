import Recovery
import Sites
import TestSupport
import Testing

/// A restore in which one request after the other goes wrong: whatever the server says or loses, nothing is written twice,
/// and nothing is reported that is not so.
@Suite(.serialized) struct RestoreFaultTests {
    private static let expected = Array(SampleState(serial: 3, ids: [1, 2, 3]).text.utf8)

    enum Trouble: String, CaseIterable {
        case conflict, preconditionFailed, slowDown, slowDownForEver, accessDenied, lostAnswer, resetAfterwards, lostForEver

        var s3: S3StandIn.Fault {
            switch self {
            case .conflict: .error(status: 409, code: "ConditionalRequestConflict")
            case .preconditionFailed: .error(status: 412, code: "PreconditionFailed")
            case .slowDown, .slowDownForEver: .slowDown
            case .accessDenied: .accessDenied
            case .lostAnswer, .lostForEver: .wire(.closeWithoutAnswer)
            case .resetAfterwards: .wire(.resetWithoutAnswer)
            }
        }

        var dynamoDB: DynamoDBStandIn.Fault {
            switch self {
            case .conflict, .preconditionFailed: .error(status: 400, type: "ConditionalCheckFailedException")
            case .slowDown, .slowDownForEver: .error(status: 400, type: "ThrottlingException")
            case .accessDenied: .error(status: 400, type: "AccessDeniedException")
            case .lostAnswer, .lostForEver: .wire(.closeWithoutAnswer)
            case .resetAfterwards: .wire(.resetWithoutAnswer)
            }
        }

        var lasts: Bool { self == .slowDownForEver || self == .lostForEver }
    }

    @Test(arguments: Trouble.allCases) func noAnswerOfS3MakesItWriteTwiceOrReportWrongly(trouble: Trouble) async throws {
        let healthy = try await RecoveryWorld()
        _ = try await run(healthy)
        #expect(healthy.current() == Self.expected && healthy.lockIsFree() && healthy.digestIsRight())
        let count = healthy.s3.requests.count
        #expect(count > 20)
        for number in 0..<count {
            let world = try await RecoveryWorld()
            world.s3.inject(trouble.s3, times: trouble.lasts ? .max : 1) { trouble.lasts ? $0.number >= number : $0.number == number }
            try await check(world, "S3 request \(number), \(trouble)")
        }
    }

    @Test(arguments: Trouble.allCases) func noAnswerOfDynamoDBMakesItReportWrongly(trouble: Trouble) async throws {
        let healthy = try await RecoveryWorld()
        _ = try await run(healthy)
        let count = healthy.dynamoDB.requests.count
        #expect(count >= 8)
        for number in 0..<count {
            let world = try await RecoveryWorld()
            world.dynamoDB.inject(trouble.dynamoDB, times: trouble.lasts ? .max : 1) { trouble.lasts ? $0.number >= number : $0.number == number }
            try await check(world, "DynamoDB request \(number), \(trouble)")
        }
    }

    /// The answers that matter most, lost to a timeout instead of a closed connection.
    @Test func answersThatNeverComeAreSettledToo() async throws {
        for suffix in ["", ".tflock"] {
            for method in ["PUT", "DELETE"] where !(suffix.isEmpty && method == "DELETE") {
                let world = try await RecoveryWorld()
                world.s3.inject(.wire(.neverAnswer), times: 1) { $0.http.method == method && $0.key == RecoveryWorld.key + suffix }
                try await check(world, "\(method) \(suffix)")
            }
        }
    }

    private func run(_ world: RecoveryWorld) async throws -> RestoreResult {
        let plan = try await world.restore.plan(SiteReference(site: "primary", key: RecoveryWorld.key), to: .lastGood)
        return try await world.restore.execute(plan)
    }

    private func check(_ world: RecoveryWorld, _ occasion: String) async throws {
        let before = world.versionCount()
        let old = world.current()
        var told = ""
        do {
            let result = try await run(world)
            told = result.failures.joined()
            #expect(world.current() == Self.expected && world.versionCount() == before + 1, "\(occasion): reported as done")
            #expect(world.digestIsRight(), "\(occasion): reported as done")
            #expect(!result.failures.isEmpty || world.lockIsFree(), "\(occasion): reported as done, but the lock is held")
        } catch {
            told = "\(error)"
            let written = world.current() != old
            #expect(!written || world.current() == Self.expected && world.versionCount() == before + 1, "\(occasion): something else was written")
            #expect(!written || Self.admitsWriting(error), "\(occasion): written, but \(error)")
        }
        world.s3.removeFaults()
        world.dynamoDB.removeFaults()
        if !world.lockIsFree() {
            let lock = StateLock(of: RecoveryWorld.key, at: world.primary, dynamoDB: world.table)
            let id = try #require(try await lock.holders().first?.info?.id)
            #expect(told.contains(id), "\(occasion): a lock was left and not named: \(told)")
            _ = try await lock.breakLock(id)
        }
        _ = try await run(world)
        #expect(world.current() == Self.expected, "\(occasion): the second run")
        #expect(world.versionCount() == before + 1, "\(occasion): written twice")
        #expect(world.digestIsRight() && world.lockIsFree(), "\(occasion): the second run")
    }

    private static func admitsWriting(_ error: any Error) -> Bool {
        switch error {
        case RestoreError.digestNotWritten, RestoreError.notProven, RestoreError.unproven, RestoreError.uncertain: true
        case RestoreError.lockLeft(_, _, _, let after): after.contains("written") || after.contains("not known")
        default: false
        }
    }
}
