import Synchronization
import Testing

@testable import Snapshots

@Suite struct TransferBudgetTests {
    @Test func neverMoreThanTheBudgetIsTaken() async throws {
        let budget = TransferBudget(slots: 4, bytes: 100)
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                let size = Int64(index % 40 + 1)
                group.addTask {
                    try await budget.acquire(bytes: size)
                    gauge.add(size, 1)
                    await Task.yield()
                    gauge.add(-size, -1)
                    budget.release(bytes: size)
                }
            }
            try await group.waitForAll()
        }
        let peaks = gauge.peaks
        #expect(peaks.0 <= 100 && peaks.1 <= 4 && peaks.1 > 1)
        #expect(budget.tryAcquire(bytes: 100))
    }

    @Test func somethingLargerThanTheBudgetPassesAlone() async throws {
        let budget = TransferBudget(slots: 2, bytes: 10)
        try await budget.acquire(bytes: 5)
        #expect(!budget.tryAcquire(bytes: 50))
        let large = Task { try await budget.acquire(bytes: 50) }
        try await Task.sleep(for: .milliseconds(20))
        // Nobody may overtake one that waits.
        #expect(!budget.tryAcquire(bytes: 1))
        budget.release(bytes: 5)
        try await large.value
        #expect(!budget.tryAcquire(bytes: 1))
        budget.releaseSlot()
        #expect(!budget.tryAcquire(bytes: 1))
        budget.releaseBytes(50)
        #expect(budget.tryAcquire(bytes: 1))
    }

    @Test func aCancelledWaiterLeavesTheQueue() async throws {
        let budget = TransferBudget(slots: 1, bytes: 10)
        try await budget.acquire(bytes: 1)
        let waiter = Task { try await budget.acquire(bytes: 1) }
        try await Task.sleep(for: .milliseconds(10))
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        budget.release(bytes: 1)
        #expect(budget.tryAcquire(bytes: 10))
    }
}

/// Watches how much is taken at a time.
private final class Gauge: Sendable {
    private let state = Mutex((bytes: Int64(0), slots: 0, peakBytes: Int64(0), peakSlots: 0))

    var peaks: (Int64, Int) { state.withLock { ($0.peakBytes, $0.peakSlots) } }

    func add(_ bytes: Int64, _ slots: Int) {
        state.withLock {
            $0.bytes += bytes
            $0.slots += slots
            $0.peakBytes = max($0.peakBytes, $0.bytes)
            $0.peakSlots = max($0.peakSlots, $0.slots)
        }
    }
}
