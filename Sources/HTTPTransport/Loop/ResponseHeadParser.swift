/// Puts a response head together from the lines that libcurl gives, 1xx heads dropped.
struct ResponseHeadParser {
    enum Step {
        /// More lines follow.
        case more
        /// This was the last line of the final head.
        case complete(HTTPResponseHead)
        case tooLarge
        /// The lines are no head, or two `Content-Length` fields contradict each other.
        case malformed
    }

    private let limit: Int
    private var size = 0
    private var status = 0
    private var headers = HTTPHeaders()
    private(set) var final: HTTPResponseHead?
    private var isComplete: Bool { final != nil }

    init(limit: Int) { self.limit = limit }

    mutating func take(_ line: UnsafeRawBufferPointer) -> Step {
        size += line.count
        guard size <= limit else { return .tooLarge }
        var text = line[...]
        while let last = text.last, last == 0x0A || last == 0x0D { text = text.dropLast() }
        if isComplete {
            // Trailer fields after a chunked body carry nothing we use. A second head would belong to a request that
            // libcurl repeated by itself, as it does after a 417: its body must not be taken for that of the first.
            return text.starts(with: "HTTP/".utf8) ? .malformed : .more
        }
        if text.isEmpty { return finishHead() }
        if text.starts(with: "HTTP/".utf8) { return beginHead(text) }
        if text.first == 0x20 || text.first == 0x09 { return .malformed }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return .malformed }
        let name = String(decoding: text[..<colon], as: UTF8.self)
        let value = String(decoding: Self.trimmed(text[(colon + 1)...]), as: UTF8.self)
        if text.count > 14, name.equalsIgnoringASCIICase("content-length"), let earlier = headers["content-length"], earlier != value {
            return .malformed
        }
        headers.add(name: name, value: value)
        return .more
    }

    private mutating func beginHead(_ text: Slice<UnsafeRawBufferPointer>) -> Step {
        // "HTTP/1.1 200 OK": three digits behind the first space.
        guard let space = text.firstIndex(of: 0x20) else { return .malformed }
        let digits = text[(space + 1)...].prefix { $0 != 0x20 }
        guard digits.count == 3, let code = Int(String(decoding: digits, as: UTF8.self)), code >= 100 else { return .malformed }
        status = code
        headers = HTTPHeaders()
        return .more
    }

    private mutating func finishHead() -> Step {
        if (100..<200).contains(status) { return .more }
        guard status >= 200 else { return .malformed }
        let head = HTTPResponseHead(status: status, headers: headers)
        final = head
        return .complete(head)
    }

    private static func trimmed(_ text: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        var text = text
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }
}
