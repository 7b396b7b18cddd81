import HTTPTransport
import Synchronization
import TestSupport
import Testing

@Suite struct CancellationTests {
    @Test func aRunningTransferIsCancelledWithinMilliseconds() async throws {
        let client = try CurlClient()
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(1000), faults: [.stallAfter(bodyBytes: 10)]) }
        func cancelled(_ task: Task<Void, any Error>) async -> Duration {
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            return ContinuousClock.now - start
        }
        var best = Duration.seconds(1000), bestOfSleeps = best
        for round in 1...20 {
            let task = Task { _ = try await client.send(HTTPRequest(url: server.url + "/")) }
            while server.requests.count < round { try await Task.sleep(for: .milliseconds(5)) }
            best = min(best, await cancelled(task))
            bestOfSleeps = min(bestOfSleeps, await cancelled(Task { try await Task.sleep(for: .seconds(1000)) }))
        }
        #expect(best < .milliseconds(50) + bestOfSleeps * 10, "the best of twenty, and what a sleep takes on this machine now: \(bestOfSleeps)")
    }

    @Test func aTaskCancelledBeforeItSendsNeverReachesTheServer() async throws {
        let client = try CurlClient()
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await client.send(HTTPRequest(url: server.url + "/"))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.connectionCount == 0)
    }

    @Test func aWaitingTransferIsCancelledAtOnceAndTheOthersGoOn() async throws {
        let client = try CurlClient(configuration: CurlConfiguration(maxTransfersPerHost: 1))
        let latch = Latch()
        let server = try ScriptedServer { request in
            if request.path == "/slow" { latch.wait() }
            return .text("ok")
        }
        let slow = Task { try await client.send(HTTPRequest(url: server.url + "/slow")) }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let waiting = Task { try await client.send(HTTPRequest(url: server.url + "/waiting")) }
        let last = Task { try await client.send(HTTPRequest(url: server.url + "/last")) }
        try await Task.sleep(for: .milliseconds(50))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        latch.open()
        _ = try await slow.value
        _ = try await last.value
        #expect(server.requests.map(\.path) == ["/slow", "/last"])
    }

    @Test func aStreamIsCancelledWhileItWaitsForBytes() async throws {
        let client = try CurlClient()
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(1000), faults: [.stallAfter(bodyBytes: 10)]) }
        let task = Task { try await client.stream(HTTPRequest(url: server.url + "/")).body.collect() }
        while server.bodyBytesSent < 10 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// Every call must return, whatever moment the cancel strikes: a lost continuation hangs this test, a double one traps.
    @Test(arguments: 0..<5)
    func everyCallReturnsInAStormOfCancels(round: Int) async throws {
        let client = try CurlClient(configuration: CurlConfiguration(maxTransfersPerHost: 8))
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(40_000)) }
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for number in 0..<400 {
                group.addTask {
                    let request = HTTPRequest(url: server.url + "/\(number)")
                    let task = Task {
                        switch number % 3 {
                        case 0: try await client.send(request).body.count
                        case 1: try await client.stream(request).body.collect().count
                        default: try await { let sink = RecordingSink(); _ = try await client.send(request, into: sink); return sink.bytes.count }()
                        }
                    }
                    try? await Task.sleep(for: .microseconds((number &* 7919 &+ round &* 104_729) % 40_000))
                    task.cancel()
                    switch await task.result {
                    case .success(let count): return count == 40_000 ? true : nil
                    case .failure(let error): return error is CancellationError ? false : nil
                    }
                }
            }
            return await group.reduce(into: (done: 0, cancelled: 0, wrong: 0)) { counts, outcome in
                switch outcome {
                case true?: counts.done += 1
                case false?: counts.cancelled += 1
                case nil: counts.wrong += 1
                }
            }
        }
        #expect(outcomes.wrong == 0)
        #expect(outcomes.done + outcomes.cancelled == 400)
        #expect(try await client.send(HTTPRequest(url: server.url + "/after")).body.count == 40_000)
    }

    @Test func aShutdownFailsWhatRunsWaitsAndComes() async throws {
        let client = try CurlClient(configuration: CurlConfiguration(maxTransfersPerHost: 2))
        let server = try ScriptedServer { _ in ScriptedResponse(faults: [.neverAnswer]) }
        let pending = (0..<20).map { _ in Task { try await client.send(HTTPRequest(url: server.url + "/")) } }
        while server.requests.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        client.shutdown()
        for task in pending {
            let error = await transportError { _ = try await task.value }
            guard case .shutDown = error?.code else { Issue.record("\(String(describing: error))"); continue }
        }
        let error = await transportError { _ = try await client.send(HTTPRequest(url: server.url + "/")) }
        guard case .shutDown = error?.code else { Issue.record("\(String(describing: error))"); return }
        client.shutdown()
    }

    @Test func shutdownsRacingWithRequestsLoseNobody() async throws {
        let server = try ScriptedServer { _ in .text("x") }
        for round in 0..<30 {
            let client = try CurlClient()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = try? await client.send(HTTPRequest(url: server.url + "/")) } }
                group.addTask {
                    try? await Task.sleep(for: .microseconds(round * 100))
                    client.shutdown()
                }
            }
        }
    }

    @Test func aClientThatIsLetGoClosesItsConnections() async throws {
        let server = try ScriptedServer { _ in .text("x") }
        for _ in 0..<10 { _ = try await CurlClient().send(HTTPRequest(url: server.url + "/")) }
        for _ in 0..<3000 where server.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(server.connectionCount == 10)
        #expect(server.openConnectionCount == 0)
    }
}
