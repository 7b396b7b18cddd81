import Glibc

/// One connection of the test server, served by its own thread.
final class ServerConnection: @unchecked Sendable {
    private let descriptor: Int32
    private let number: Int
    private let server: Weak<ScriptedServer>
    private let handler: ScriptedServer.Handler
    private let options: ScriptedServer.Options
    /// Bytes read and not used yet. Used by the connection's thread only, hence `@unchecked`.
    private var pending: [UInt8] = []

    init(descriptor: Int32, number: Int, server: Weak<ScriptedServer>, handler: @escaping ScriptedServer.Handler, options: ScriptedServer.Options) {
        self.descriptor = descriptor
        self.number = number
        self.server = server
        self.handler = handler
        self.options = options
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    func run() {
        while answerOne() {}
        // Forgotten before it is closed: the number of a closed descriptor may be somebody else's already.
        server.value?.forget(number)
        close(descriptor)
    }

    /// False when the connection is over.
    private func answerOne() -> Bool {
        guard let head = readHead(), let (method, target, headers) = parse(head), let requestNumber = server.value?.nextRequestNumber() else { return false }
        func request(_ body: [UInt8]) -> ScriptedRequest {
            ScriptedRequest(method: method, target: target, headers: headers, body: body, connection: number, number: requestNumber)
        }
        if let refusal = options.refuse?(request([])) {
            server.value?.log(request([]))
            _ = writer(refusal, method).write()
            return false
        }
        if options.sendsContinue, headers.contains(where: { $0.name.lowercased() == "expect" && $0.value.lowercased() == "100-continue" }) {
            guard Socket.write("HTTP/1.1 100 Continue\r\n\r\n".utf8, to: descriptor) else { return false }
        }
        guard let body = readBody(headers) else { return false }
        server.value?.log(request(options.logsBodies ? body : []))
        let keep = writer(handler(request(body)), method).write()
        return keep && !headers.contains { $0.name.lowercased() == "connection" && $0.value.lowercased() == "close" }
    }

    private func writer(_ response: ScriptedResponse, _ method: String) -> ResponseWriter {
        ResponseWriter(descriptor: descriptor, response: response, method: method) { [server] in server.value?.count(sent: $0) }
    }

    private func readHead() -> [UInt8]? {
        var searched = 0
        while true {
            if let end = pending[searched...].firstRange(of: [13, 10, 13, 10]) {
                defer { pending.removeFirst(end.upperBound) }
                return Array(pending[..<end.lowerBound])
            }
            searched = max(0, pending.count - 3)
            guard pending.count < 4 << 20, let bytes = Socket.read(descriptor) else { return nil }
            pending += bytes
        }
    }

    private func parse(_ head: [UInt8]) -> (method: String, target: String, headers: [(name: String, value: String)])? {
        let lines = head.split(separator: 10).map { String(decoding: $0.last == 13 ? $0.dropLast() : $0, as: UTF8.self) }
        guard let first = lines.first else { return nil }
        let words = first.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3 else { return nil }
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count > 1 ? parts[1].trimmingSpaces : "")
        }
        return (String(words[0]), String(words[1]), headers)
    }

    private func readBody(_ headers: [(name: String, value: String)]) -> [UInt8]? {
        if headers.contains(where: { $0.name.lowercased() == "transfer-encoding" }) { return readChunks() }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        return take(length)
    }

    private func readChunks() -> [UInt8]? {
        var body: [UInt8] = []
        while true {
            guard let line = takeLine(), let size = Int(line.prefix { $0 != ";" }, radix: 16), let chunk = take(size) else { return nil }
            body += chunk
            guard takeLine() != nil else { return nil }
            if size == 0 { return body }
        }
    }

    private func takeLine() -> String? {
        while true {
            if let end = pending.firstIndex(of: 10) {
                defer { pending.removeFirst(end + 1) }
                return String(decoding: pending[..<end], as: UTF8.self).trimmingSpaces
            }
            guard let bytes = Socket.read(descriptor) else { return nil }
            pending += bytes
        }
    }

    private func take(_ count: Int) -> [UInt8]? {
        var body = Array(pending.prefix(count))
        pending.removeFirst(body.count)
        body.reserveCapacity(count)
        while body.count < count {
            let piece = min(64 << 10, count - body.count)
            guard let bytes = Socket.read(descriptor, atMost: piece) else { return nil }
            body += bytes
            if let rate = options.bodyBytesPerSecond { Socket.sleep(.seconds(Double(bytes.count) / Double(rate))) }
        }
        return body
    }
}

extension StringProtocol {
    var trimmingSpaces: String {
        let text = drop { $0.isWhitespace }
        return String(text[..<(text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex)])
    }
}
