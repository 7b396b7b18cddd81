import S3
import Sites
import TestSupport
import Testing
import Timestamps

@testable import Snapshots

@Suite struct LockPeriodsTests {
    /// A lock file's history: seconds at which it was taken (positive) and released (negative), oldest first.
    private func periods(_ events: Int64...) -> LockPeriods {
        LockPeriods(
            events.reversed().map { event in
                S3ObjectVersion(
                    key: "a.tfstate.tflock", versionID: "v\(event)", isLatest: false, isDeleteMarker: event < 0, lastModified: Timestamp(seconds: abs(event)), etag: "", size: 213)
            })
    }

    private func found(_ periods: LockPeriods, _ moments: ClosedRange<Int64>) -> [Int?] { moments.map { periods.period(at: Timestamp(seconds: $0)) } }

    @Test func aMomentLiesInThePeriodThatHoldsIt() {
        #expect(found(periods(10, -13, 15, -17), 9...18) == [nil, 0, 0, 0, 0, nil, 1, 1, 1, nil])
        #expect(found(periods(10), 9...12) == [nil, 0, 0, 0], "still held")
        #expect(found(periods(), 1...2) == [nil, nil])
    }

    @Test func withinOneSecondTheEarlierPeriodWrote() {
        #expect(found(periods(10, -12, 12, -14), 11...13) == [0, 0, 1])
        #expect(found(periods(10, -12, 12, -12, 12, -14), 11...13) == [0, 0, 2])
    }

    @Test func aLockThatIsOverwrittenOrReleasedTwiceEndsOnce() {
        #expect(found(periods(10, 12, -14), 10...15) == [0, 0, 0, 1, 1, nil])
        #expect(found(periods(-5, 10, -12, -14), 4...13) == [nil, nil, nil, nil, nil, nil, 0, 0, 0, nil])
    }

    @Test func theLockFilesVersionsAreListedByItsExactKey() async throws {
        let world = try await SnapshotWorld()
        let key = "prod/a.tfstate"
        _ = world.s3.put(S3StandIn.Body(SnapshotWorld.state(serial: 1)), key: key, bucket: "states", modified: 1_700_000_010)
        for (name, body, second) in [("\(key).tflock", true, 5), ("\(key).tflock", false, 12), ("\(key).tflock.d", true, 30), ("\(key).tflock", true, 40)] {
            _ = world.s3.put(body ? S3StandIn.Body("{}") : nil, key: name, bucket: "states", modified: 1_700_000_000 + Int64(second))
        }
        let catalog = world.catalog(vault: nil)
        guard case .site(let site) = try StateReference(parsing: "primary:a", sites: ["primary"]) else { throw CancellationError() }
        let periods = try #require(try await catalog.lockPeriods(of: catalog.versions(of: site)))
        #expect([4, 5, 10, 12, 13, 30, 40, 99].map { periods.period(at: Timestamp(seconds: 1_700_000_000 + $0)) } == [nil, 0, 0, 0, nil, nil, 1, 1])
        var unasked = try await catalog.versions(of: site)
        unasked.origins = .vault
        #expect(try await catalog.lockPeriods(of: unasked) == nil)
    }
}
