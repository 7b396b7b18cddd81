import HTTPTransport

/// A request as the SigV4 suites write it: request line, `Name:value` lines (a line that begins with blank space goes
/// on with the value), an empty line, the body.
struct RecordedRequest {
    var method: String
    var target: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let head = parts.first else { return nil }
        let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let space = first.firstIndex(of: " "), first.hasSuffix(" HTTP/1.1") else { return nil }
        method = String(first[..<space])
        target = String(first[first.index(after: space)...].dropLast(" HTTP/1.1".count))
        body = parts.count > 1 ? Array(parts[1].utf8) : []
        for line in lines.dropFirst() where !line.isEmpty {
            if line.first == " ", let last = headers.indices.last {
                headers[last].value += "\n\(line)"
            } else if let colon = line.firstIndex(of: ":") {
                headers.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
            }
        }
    }

    func value(of name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// As a client would hand it to the signer.
    var request: HTTPRequest {
        HTTPRequest(
            method: method, url: "https://\(value(of: "host") ?? "")\(target)", headers: HTTPHeaders(headers),
            body: body.isEmpty ? .none : .bytes(body))
    }
}
