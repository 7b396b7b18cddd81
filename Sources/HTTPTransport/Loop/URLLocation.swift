/// The parts of an URL that decide where a request goes. Stricter than libcurl's parser, so that both always agree on
/// the host: only letters, digits and `. - _ : [ ]` before the path, no user information, no fragment, printable ASCII.
struct URLLocation {
    let isTLS: Bool
    /// Host, with `:port` when the URL has one.
    let host: String
    let redacted: String
    let isPresigned: Bool

    var origin: String { (isTLS ? "https://" : "http://") + host }

    init(_ url: String) throws(RequestRefusal) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw url.utf8.contains { $0 < 0x20 || $0 == 0x7F } ? RequestRefusal(code: .headerInjection(part: "the URL")) : RequestRefusal(code: .invalidRequest("the URL is not percent-encoded"))
        }
        let rest: Substring
        if url.lowercasedASCIIPrefix(8) == "https://" {
            isTLS = true
            rest = url.dropFirst(8)
        } else if url.lowercasedASCIIPrefix(7) == "http://" {
            isTLS = false
            rest = url.dropFirst(7)
        } else {
            throw RequestRefusal(code: .invalidRequest("the URL is neither http:// nor https://"))
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, authority.utf8.allSatisfy(\.isHostByte), !authority.hasPrefix(":") else {
            throw RequestRefusal(code: .invalidRequest("the URL has no plain host name"))
        }
        guard !url.utf8.contains(UInt8(ascii: "#")) else { throw RequestRefusal(code: .invalidRequest("the URL has a fragment")) }
        host = authority.lowercased()
        let query = url.firstIndex(of: "?")
        redacted = query.map { String(url[..<$0]) + "?…" } ?? url
        isPresigned = query.map { url.utf8[$0...].hasParameter("x-amz-signature") || url.utf8[$0...].hasParameter("x-amz-security-token") } ?? false
    }

    /// Whether the host is this machine by its name alone, without asking a resolver.
    var isLoopback: Bool {
        if host == "[::1]" || host.hasPrefix("[::1]:") { return true }
        let name = host.prefix { $0 != ":" }
        if name == "localhost" { return true }
        let octets = name.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }
}

extension Substring.UTF8View {
    /// Whether this query, from its `?` on, has a parameter of this lower-case name, in whatever case it is written.
    /// Byte by byte: it is asked for every request, and searching in a string costs as much as signing one.
    fileprivate func hasParameter(_ name: StaticString) -> Bool {
        let name = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var rest = self
        while let separator = rest.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "&") }) {
            rest = rest[rest.index(after: separator)...]
            var at = rest.startIndex, matched = 0
            while matched < name.count, at < rest.endIndex, Self.lowercased(rest[at]) == name[matched] {
                at = rest.index(after: at)
                matched += 1
            }
            if matched == name.count, at < rest.endIndex, rest[at] == UInt8(ascii: "=") { return true }
        }
        return false
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
}

extension UInt8 {
    fileprivate var isHostByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"): true
        default: false
        }
    }
}

extension String {
    fileprivate func lowercasedASCIIPrefix(_ count: Int) -> String {
        String(decoding: utf8.prefix(count).map(\.lowercasedASCII), as: UTF8.self)
    }
}
