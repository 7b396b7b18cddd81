import HTTPTransport
import TestSupport
import Testing

@Suite struct RequestTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    @Test func aBodyComesBackWholeWithStatusAndHeaders() async throws {
        let body = patternBytes(300_000)
        let server = try ScriptedServer { _ in ScriptedResponse(201, headers: [("X-Twice", "a"), ("x-twice", "b"), ("Empty", "")], body: body) }
        let response = try await client.send(HTTPRequest(url: server.url + "/key?versionId=1"))
        #expect(response.status == 201)
        #expect(response.body == body)
        #expect(response.headers.values(of: "X-TWICE") == ["a", "b"])
        #expect(response.headers["empty"] == "")
        #expect(server.requests.map(\.target) == ["/key?versionId=1"])
    }

    @Test(arguments: ["/b/../../etc/passwd?x=1", "/b/a//b/./c", "/b/%2E%2E/x", "/b/k?versions=&prefix=a%2Fb+c&marker", "/"])
    func pathAndQueryGoOutByteForByte(target: String) async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        _ = try await client.send(HTTPRequest(url: server.url + target))
        #expect(server.requests.map(\.target) == [target])
    }

    @Test func headersGoOutAsGivenAndNoOthersOfLibcurl() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let headers: HTTPHeaders = ["Host": "bucket.example", "X-Amz-Meta-Ü": "ignored"]
        await #expect(throws: TransportError.self) { try await client.send(HTTPRequest(url: server.url + "/", headers: headers)) }
        _ = try await client.send(HTTPRequest(url: server.url + "/", headers: ["Host": "bucket.example", "x-empty": "", "x-text": "a  b: ü"]))
        let seen = try #require(server.requests.first).headers.map { "\($0.name): \($0.value)" }
        #expect(seen.sorted() == ["Host: bucket.example", "x-empty: ", "x-text: a  b: ü"])
    }

    @Test(arguments: ["GET", "HEAD", "DELETE", "OPTIONS", "PUT", "POST", "PATCH"])
    func everyMethodArrivesWithoutABody(method: String) async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(headers: [("Content-Length", "0")]) }
        let response = try await client.send(HTTPRequest(method: method, url: server.url + "/"))
        #expect(response.status == 200)
        let request = try #require(server.requests.first)
        #expect(request.method == method)
        #expect(request.header("content-length") == (method == "PUT" || method == "POST" ? "0" : nil))
    }

    @Test(arguments: ["PUT", "POST", "DELETE", "GET"])
    func aBodyInMemoryArrivesWhole(method: String) async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let body = patternBytes(200_001)
        _ = try await client.send(HTTPRequest(method: method, url: server.url + "/", body: .bytes(body)))
        let request = try #require(server.requests.first)
        #expect(request.method == method)
        #expect(request.body == body)
        #expect(request.header("expect") == nil)
        #expect(request.header("content-type") == nil)
        #expect(request.header("transfer-encoding") == nil)
    }

    @Test func theAnswerToHeadKeepsItsLengthAndIsNotTruncated() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(5000)) }
        let response = try await client.send(HTTPRequest(method: "HEAD", url: server.url + "/", limits: HTTPLimits(maxBodyBytes: 10)))
        #expect(response.headers["Content-Length"] == "5000")
        #expect(response.body.isEmpty)
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func redirectsAreAnswersAndNeverFollowed(status: Int) async throws {
        let evil = try ScriptedServer { _ in ScriptedResponse() }
        let server = try ScriptedServer { _ in .text(status, "moved", headers: [("Location", evil.url + "/")]) }
        let response = try await client.send(HTTPRequest(url: server.url + "/", headers: ["Authorization": "secret"]))
        #expect(response.status == status)
        #expect(response.body == Array("moved".utf8))
        #expect(evil.connectionCount == 0)
    }

    @Test func contentEncodingsAreNotUndone() async throws {
        let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let server = try ScriptedServer { _ in ScriptedResponse(headers: [("Content-Encoding", "gzip")], body: gzip) }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        #expect(response.body == gzip)
        #expect(server.requests.first?.header("accept-encoding") == nil)
    }

    @Test func interimAnswersAreSkipped() async throws {
        let server = try ScriptedServer { _ in .text(200, "final", faults: [.interim([102, 103])]) }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        #expect(response.status == 200)
        #expect(response.headers["x-interim"] == nil)
        #expect(response.body == Array("final".utf8))
    }

    @Test(arguments: [ScriptedResponse.Framing.length, .chunked(1000), .chunked(1), .untilClose])
    func everyFramingGivesTheSameBody(framing: ScriptedResponse.Framing) async throws {
        let body = patternBytes(10_000)
        let server = try ScriptedServer { _ in ScriptedResponse(body: body, framing: framing) }
        for _ in 0..<3 { #expect(try await client.send(HTTPRequest(url: server.url + "/")).body == body) }
    }

    @Test func connectionsAreReused() async throws {
        let server = try ScriptedServer { _ in .text("x") }
        for _ in 0..<20 { _ = try await client.send(HTTPRequest(url: server.url + "/")) }
        #expect(server.connectionCount == 1)
    }

    @Test func aServerThatClosesEveryConnectionIsServedToo() async throws {
        let body = patternBytes(50_000)
        let server = try ScriptedServer { _ in ScriptedResponse(body: body, closesConnection: true) }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { try await client.send(HTTPRequest(url: server.url + "/")).body.count } }
            for try await count in group { #expect(count == body.count) }
        }
        #expect(server.connectionCount == 100)
    }

    @Test func aConnectionThatDiedWhileIdleIsReplacedUnnoticed() async throws {
        let server = try ScriptedServer { request in ScriptedResponse(body: [UInt8(request.connection)]) }
        #expect(try await client.send(HTTPRequest(url: server.url + "/")).body == [0])
        let port = server.port
        server.stop()
        var again: ScriptedServer?
        for _ in 0..<500 where again == nil {
            again = try? ScriptedServer(port: port) { _ in .text("second") }
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(try await client.send(HTTPRequest(method: "PUT", url: "http://127.0.0.1:\(port)/", body: .bytes([1, 2, 3]))).body == Array("second".utf8))
        #expect(try #require(again).requests.map(\.body) == [[1, 2, 3]])
    }

    @Test func noMoreTransfersRunThanAllowed() async throws {
        let limited = try CurlClient(configuration: CurlConfiguration(maxTransfersPerHost: 3))
        let server = try ScriptedServer { _ in ScriptedResponse(faults: [.delay(.milliseconds(5))]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 { group.addTask { _ = try await limited.send(HTTPRequest(url: server.url + "/\(number)")) } }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 60)
        #expect(server.connectionCount <= 3)
    }
}
