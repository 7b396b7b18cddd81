import Synchronization
import Testing
import Timestamps

@testable import AWSIdentity

@Suite("Cached credentials") struct CachedCredentialsTests {
    /// Gives keys numbered by fetch, each living an hour; fails or waits when told to.
    private final class Source: CredentialProvider {
        struct State {
            var fetches = 0
            var isFailing = false
            var gates: [CheckedContinuation<Void, Never>] = []
            var isHeld = false
            var isOpen = false
        }
        struct Failure: Error {}
        let clock: Clock
        let state = Mutex(State())

        init(_ clock: Clock) { self.clock = clock }

        var fetches: Int { state.withLock { $0.fetches } }

        func fail(_ isFailing: Bool) { state.withLock { $0.isFailing = isFailing } }

        func hold() { state.withLock { ($0.isHeld, $0.isOpen) = (true, false) } }

        func release() {
            let gates = state.withLock { state in
                (state.isHeld, state.isOpen) = (false, true)
                defer { state.gates = [] }
                return state.gates
            }
            for gate in gates { gate.resume() }
        }

        func credentials() async throws -> AWSCredentials {
            let number = state.withLock { state in
                state.fetches += 1
                return state.fetches
            }
            if state.withLock({ $0.isHeld }) {
                await withCheckedContinuation { continuation in
                    let isOpen = state.withLock { state in
                        if !state.isOpen { state.gates.append(continuation) }
                        return state.isOpen
                    }
                    if isOpen { continuation.resume() }
                }
            }
            if state.withLock({ $0.isFailing }) { throw Failure() }
            return AWSCredentials(
                accessKeyID: "key-\(number)", secretAccessKey: "s", expiration: clock.now + .seconds(3600))
        }
    }

    private final class Clock: Sendable {
        private let time = Mutex(Timestamp(seconds: 1_700_000_000))
        var now: Timestamp { time.withLock { $0 } }
        func advance(_ seconds: Int64) { time.withLock { $0 = $0 + .seconds(seconds) } }
    }

    private func make() -> (source: Source, clock: Clock, cache: CachedCredentials) {
        let clock = Clock()
        let source = Source(clock)
        return (source, clock, CachedCredentials(source, now: { clock.now }))
    }

    @Test("fresh credentials are fetched once") func fetchesOnce() async throws {
        let (source, clock, cache) = make()
        #expect(try await cache.credentials().accessKeyID == "key-1")
        clock.advance(2699)
        #expect(try await cache.credentials().accessKeyID == "key-1")
        #expect(source.fetches == 1)
    }

    @Test("less than 15 minutes before the end new ones are fetched") func advisory() async throws {
        let (source, clock, cache) = make()
        _ = try await cache.credentials()
        clock.advance(2700)
        #expect(try await cache.credentials().accessKeyID == "key-2")
        #expect(source.fetches == 2)
    }

    @Test("a hundred callers at once make one fetch") func singleFetch() async throws {
        let (source, _, cache) = make()
        source.hold()
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await cache.credentials().accessKeyID } }
            while source.fetches == 0 { await Task.yield() }
            try await Task.sleep(for: .milliseconds(20))
            source.release()
            for try await key in group { #expect(key == "key-1") }
        }
        #expect(source.fetches == 1)
    }

    @Test("while one caller fetches in time, the others go on with the old ones", .timeLimit(.minutes(5))) func othersGoOn() async throws {
        let (source, clock, cache) = make()
        _ = try await cache.credentials()
        clock.advance(2750)
        source.hold()
        let fetching = Task { try await cache.credentials().accessKeyID }
        while source.fetches == 1 { await Task.yield() }
        #expect(try await cache.credentials().accessKeyID == "key-1")
        source.release()
        #expect(try await fetching.value == "key-2")
    }

    @Test("a failure is tolerated while the old ones live, with a pause before the next try, and thrown after") func failures() async throws {
        let (source, clock, cache) = make()
        _ = try await cache.credentials()
        source.fail(true)
        clock.advance(2750)
        #expect(try await cache.credentials().accessKeyID == "key-1")
        #expect(try await cache.credentials().accessKeyID == "key-1")
        #expect(source.fetches == 2)
        clock.advance(300)
        #expect(try await cache.credentials().accessKeyID == "key-1")
        #expect(source.fetches == 3)
        clock.advance(600)
        await #expect(throws: Source.Failure.self) { try await cache.credentials() }
        source.fail(false)
        #expect(try await cache.credentials().accessKeyID == "key-5")
    }

    @Test("refused credentials are forgotten, others are kept") func invalidation() async throws {
        let (source, _, cache) = make()
        let first = try await cache.credentials()
        await cache.invalidate(first)
        let second = try await cache.credentials()
        #expect(second.accessKeyID == "key-2")
        // A late refusal of the first ones says nothing about the second.
        await cache.invalidate(first)
        #expect(try await cache.credentials() == second)
        #expect(source.fetches == 2)
    }

    @Test("a caller that is cancelled leaves at once, and the others get theirs") func cancellation() async throws {
        let (source, _, cache) = make()
        source.hold()
        let leaving = Task { try await cache.credentials() }
        while source.fetches == 0 { await Task.yield() }
        let staying = Task { try await cache.credentials().accessKeyID }
        try await Task.sleep(for: .milliseconds(10))
        leaving.cancel()
        await #expect(throws: CancellationError.self) { try await leaving.value }
        source.release()
        #expect(try await staying.value == "key-1")
    }

    @Test("when all callers leave, the fetch ends with them and the next caller starts a new one") func allLeave() async throws {
        let (source, _, cache) = make()
        source.hold()
        let leaving = Task { try await cache.credentials() }
        while source.fetches == 0 { await Task.yield() }
        leaving.cancel()
        await #expect(throws: CancellationError.self) { try await leaving.value }
        let next = Task { try await cache.credentials().accessKeyID }
        while source.fetches == 1 { await Task.yield() }
        source.release()
        #expect(try await next.value == "key-2")
    }

    @Test("credentials without an end are kept until they are refused") func withoutEnd() async throws {
        let clock = Clock()
        let cache = CachedCredentials(
            StaticCredentials(AWSCredentials(accessKeyID: "k", secretAccessKey: "s")), now: { clock.now })
        clock.advance(1_000_000)
        #expect(try await cache.credentials().accessKeyID == "k")
    }
}
