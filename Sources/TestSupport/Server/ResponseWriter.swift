import Glibc

/// Writes one scripted answer with its faults.
struct ResponseWriter {
    let descriptor: Int32
    let response: ScriptedResponse
    let method: String
    let sent: (Int) -> Void

    /// False when the connection must be closed.
    func write() -> Bool {
        for fault in response.faults {
            switch fault {
            case .delay(let duration):
                Socket.sleep(duration)
            case .neverAnswer:
                waitForPeer()
                return false
            case .closeWithoutAnswer:
                return false
            case .resetWithoutAnswer:
                Socket.resetOnClose(descriptor)
                return false
            case .raw(let bytes):
                _ = Socket.write(bytes, to: descriptor)
                return false
            case .interim(let statuses):
                for status in statuses {
                    guard Socket.write("HTTP/1.1 \(status) Interim\r\nX-Interim: yes\r\n\r\n".utf8, to: descriptor) else { return false }
                }
            case .closeAfter, .resetAfter, .stallAfter, .drip:
                break
            }
        }
        guard Socket.write(head, to: descriptor) else { return false }
        guard method != "HEAD", response.status != 204, response.status != 304 else { return keepsOpen }
        return writeBody() && keepsOpen
    }

    private var keepsOpen: Bool {
        if case .untilClose = response.framing { return false }
        return !response.closesConnection
    }

    private var head: [UInt8] {
        var text = "HTTP/1.1 \(response.status) \(Self.reasons[response.status] ?? "Status")\r\n"
        for header in response.headers { text += "\(header.name): \(header.value)\r\n" }
        let saysLength = response.headers.contains { $0.name.lowercased() == "content-length" }
        switch response.framing {
        case .length: if !saysLength, response.status != 204 { text += "Content-Length: \(response.body.count)\r\n" }
        case .claimedLength(let length): text += "Content-Length: \(length)\r\n"
        case .chunked: text += "Transfer-Encoding: chunked\r\n"
        case .untilClose: break
        }
        if !keepsOpen { text += "Connection: close\r\n" }
        return Array((text + "\r\n").utf8)
    }

    private func writeBody() -> Bool {
        var body = response.body[...]
        var pause: Duration?
        var piece = 64 << 10
        if case .chunked(let size) = response.framing { piece = max(1, size) }
        var ending: ScriptedResponse.Fault?
        for fault in response.faults {
            switch fault {
            case .closeAfter(let count), .resetAfter(let count), .stallAfter(let count):
                body = body.prefix(count)
                ending = fault
            case .drip(let bytes, let every):
                piece = max(1, bytes)
                pause = every
            default:
                break
            }
        }
        while !body.isEmpty {
            let part = body.prefix(piece)
            body = body.dropFirst(part.count)
            guard Socket.write(framed(part), to: descriptor) else { return false }
            sent(part.count)
            if let pause { Socket.sleep(pause) }
        }
        switch ending {
        case .resetAfter:
            // Time for the bytes to arrive: a reset drops what still waits.
            Socket.sleep(.milliseconds(50))
            Socket.resetOnClose(descriptor)
            return false
        case .stallAfter:
            waitForPeer()
            return false
        case .closeAfter:
            return false
        default:
            if case .chunked = response.framing { return Socket.write("0\r\n\r\n".utf8, to: descriptor) }
            return true
        }
    }

    private func framed(_ part: ArraySlice<UInt8>) -> [UInt8] {
        guard case .chunked = response.framing else { return Array(part) }
        return Array("\(String(part.count, radix: 16))\r\n".utf8) + part + [13, 10]
    }

    /// Blocks until the client gives up or the server is stopped.
    private func waitForPeer() {
        while Socket.read(descriptor) != nil {}
    }

    private static let reasons = [
        200: "OK", 204: "No Content", 206: "Partial Content", 301: "Moved Permanently", 304: "Not Modified", 307: "Temporary Redirect",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
        412: "Precondition Failed", 416: "Range Not Satisfiable", 429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented",
        502: "Bad Gateway", 503: "Service Unavailable",
    ]
}
