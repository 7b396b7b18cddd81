/// A request URL cut into the parts that a signature speaks of. Nothing is decoded: the bytes are those of the wire.
struct SignableURL {
    /// `https` or `http`, lower case.
    let scheme: String
    /// The host as the Host header carries it, letter case kept: with the port when it is not the scheme's own.
    let host: String
    /// The path with its first slash; `/` when the URL has none.
    let path: Substring
    /// The query without its question mark; nil when there is none.
    let query: Substring?
    /// Everything before the query.
    let base: Substring

    init(_ url: String) throws(SigningError) {
        guard let mark = url.range(of: "://") else { throw .invalidURL(reason: "the URL has no scheme") }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else {
            throw .invalidURL(reason: "the URL's scheme is neither https nor http")
        }
        // A fragment never reaches the server.
        let whole = url.prefix { $0 != "#" }
        let rest = whole[mark.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<authorityEnd]
        guard !authority.contains("@") else { throw .invalidURL(reason: "the URL carries a user name") }
        let defaultPort = scheme == "https" ? ":443" : ":80"
        let host = authority.hasSuffix(defaultPort) ? authority.dropLast(defaultPort.count) : authority
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalidURL(reason: "the URL has no valid host")
        }
        let queryMark = rest[authorityEnd...].firstIndex(of: "?") ?? rest.endIndex
        self.scheme = scheme
        self.host = String(host)
        let path = rest[authorityEnd..<queryMark]
        self.path = path.isEmpty ? "/" : path
        self.query = queryMark < rest.endIndex ? rest[rest.index(after: queryMark)...] : nil
        self.base = whole[..<queryMark]
    }
}

extension String {
    /// The first place where `text` stands, byte for byte.
    fileprivate func range(of text: StaticString) -> Range<String.Index>? {
        let wanted = Array("\(text)".utf8)
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: wanted) { return start..<utf8.index(start, offsetBy: wanted.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}
