import HTTPTransport
import TestSupport
import Testing

/// The tools of the other tests.
@Suite struct TestToolTests {
    @Test func aServerThatIsLetGoAcceptsNobody() async throws {
        let client = try CurlClient()
        var server: ScriptedServer? = try ScriptedServer { _ in .text("x") }
        let url = try #require(server).url
        #expect(try await client.send(HTTPRequest(url: url)).status == 200)
        server = nil
        let error = await transportError { _ = try await client.send(HTTPRequest(url: url)) }
        switch error?.code {
        case .connect, .reset, .noAnswer: break
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test func aTemporaryDirectoryDisappearsAfterItsCleanUpsLatestFirst() throws {
        let log = try TemporaryDirectory()
        try log.write("", to: "log")
        var directory: TemporaryDirectory? = try TemporaryDirectory()
        let path = try #require(directory).path
        try directory?.write("text", to: "a/b/c", mode: 0o400)
        #expect(try directory?.read("a/b/c") == Array("text".utf8))
        for step in ["first", "second"] {
            directory?.defer {
                let before = (try? log.read("log")) ?? []
                _ = try? log.write(before + Array("\(step) ".utf8), to: "log")
            }
        }
        directory = nil
        #expect(try String(decoding: log.read("log"), as: UTF8.self) == "second first ")
        #expect(throws: SystemCallError.self) { try readFile(path + "/a/b/c") }
    }

    @Test func aProcessIsRunWithItsEnvironmentInputAndDirectory() async throws {
        let directory = try TemporaryDirectory()
        let outcome = try await runProcess(
            ["/bin/sh", "-c", "cat; echo $NAME; pwd; echo problem >&2; exit 7"], environment: ["NAME": "value", "PATH": "/usr/bin:/bin"], input: Array("in ".utf8),
            workingDirectory: directory.path)
        #expect(outcome.status == 7)
        #expect(outcome.output == "in value\n\(directory.path)\n")
        #expect(outcome.errors == "problem\n")
    }

    @Test func aProcessThatTakesTooLongIsKilled() async throws {
        let start = ContinuousClock.now
        let outcome = try await runProcess(["sleep", "100"], timeout: .milliseconds(100))
        #expect(outcome.ending == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(90))
    }

    @Test func aSignalIsReportedAsSuch() async throws {
        let process = try ChildProcess(["sleep", "100"])
        process.signal(15)
        #expect(try await process.finish().ending == .signalled(15))
        #expect(throws: SystemCallError.self) { try ChildProcess(["/no/such/program"]) }
    }
}
