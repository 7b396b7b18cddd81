/// The headers a signature covers: lower-case names in byte order, values trimmed and with inner runs of white space
/// folded to one space, repeated names joined with commas in their order.
struct SignedHeaders {
    /// `name:value\n` for each.
    let lines: [UInt8]
    /// The names, joined with semicolons.
    let names: String

    /// Headers that proxies and libraries add, change or drop on the way: signing them breaks signatures
    /// (the list of botocore's and aws-c-auth's signers), and the signature itself.
    static let excluded: Set<String> = [
        "authorization", "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amzn-trace-id",
    ]

    init(_ headers: some Sequence<(name: String, value: String)>) throws(SigningError) {
        var folded: [(name: String, value: [UInt8])] = []
        for header in headers {
            let name = header.name.lowercased()
            guard !Self.excluded.contains(name) else { continue }
            guard let value = Self.fold(header.value) else { throw .invalidHeader(name: name) }
            if let index = folded.firstIndex(where: { $0.name == name }) {
                folded[index].value.append(UInt8(ascii: ","))
                folded[index].value += value
            } else {
                folded.append((name, value))
            }
        }
        folded.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var lines: [UInt8] = []
        for header in folded {
            lines += header.name.utf8
            lines.append(UInt8(ascii: ":"))
            lines += header.value
            lines.append(UInt8(ascii: "\n"))
        }
        self.lines = lines
        names = folded.map(\.name).joined(separator: ";")
    }

    /// Nil when the value holds a control character, or a line break that is not the fold of an obsolete
    /// multi-line header (a line break followed by blank space, RFC 9112, section 5.2).
    private static func fold(_ value: String) -> [UInt8]? {
        var output: [UInt8] = []
        var pendingSpace = false
        var afterBreak = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                pendingSpace = true
                afterBreak = false
            case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                afterBreak = true
            case 0..<0x20, 0x7F:
                return nil
            default:
                if afterBreak { return nil }
                if pendingSpace && !output.isEmpty { output.append(UInt8(ascii: " ")) }
                pendingSpace = false
                output.append(byte)
            }
        }
        return afterBreak ? nil : output
    }
}
