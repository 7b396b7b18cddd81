@testable import HTTPTransport
import Testing

@Suite struct ResponseHeadParserTests {
    private func parse(_ lines: [String], limit: Int = 1000) -> (steps: [String], head: HTTPResponseHead?) {
        var parser = ResponseHeadParser(limit: limit)
        let steps = lines.map { line -> String in
            switch Array(line.utf8).withUnsafeBytes({ parser.take($0) }) {
            case .more: "more"
            case .complete: "complete"
            case .tooLarge: "tooLarge"
            case .malformed: "malformed"
            }
        }
        return (steps, parser.final)
    }

    @Test func linesMakeAHead() {
        let (steps, head) = parse(["HTTP/1.1 404 Not Found\r\n", "ETag:\"x\"\r\n", "Server: \t a b \t\r\n", "\r\n"])
        #expect(steps == ["more", "more", "more", "complete"])
        #expect(head == HTTPResponseHead(status: 404, headers: ["ETag": "\"x\"", "Server": "a b"]))
    }

    @Test(arguments: ["HTTP/1.1 200\r\n", "HTTP/1.0 200 OK\n", "HTTP/1.1 200 \r\n"])
    func shortStatusLinesAreUnderstood(line: String) {
        #expect(parse([line, "\r\n"]).head?.status == 200)
    }

    @Test func interimHeadsLeaveNoTrace() {
        let head = parse(["HTTP/1.1 103 Early\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "\r\n"]).head
        #expect(head == HTTPResponseHead(status: 200, headers: HTTPHeaders()))
    }

    @Test func trailersAreNotAddedToTheHead() {
        let (steps, head) = parse(["HTTP/1.1 200 OK\r\n", "\r\n", "x-amz-checksum-crc32: AAAA\r\n", "\r\n"])
        #expect(steps == ["more", "complete", "more", "more"])
        #expect(head?.headers.isEmpty == true)
    }

    @Test func aSecondHeadIsRefused() {
        #expect(parse(["HTTP/1.1 417 No\r\n", "\r\n", "HTTP/1.1 200 OK\r\n"]).steps.last == "malformed")
    }

    @Test func aFoldedHeaderIsRefused() {
        #expect(parse(["HTTP/1.1 200 OK\r\n", "A: b\r\n", "  c\r\n"]).steps.last == "malformed")
    }

    @Test func theSameLengthTwiceIsOneLength() {
        #expect(parse(["HTTP/1.1 200 OK\r\n", "Content-Length: 5\r\n", "content-length: 5\r\n", "\r\n"]).head?.contentLength == 5)
        #expect(parse(["HTTP/1.1 200 OK\r\n", "Content-Length: 5\r\n", "content-length: 6\r\n"]).steps.last == "malformed")
    }

    @Test func everyByteCountsTowardsTheLimit() {
        let lines = ["HTTP/1.1 200 OK\r\n", "A: b\r\n", "\r\n"]
        #expect(parse(lines, limit: 25).steps.last == "complete")
        #expect(parse(lines, limit: 24).steps.last == "tooLarge")
    }
}
