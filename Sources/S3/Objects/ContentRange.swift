/// What a 206 says of itself: `bytes 5-9/10` (RFC 9110 section 14.4).
struct ContentRange: Hashable, Sendable {
    var first: Int64
    var last: Int64
    /// Bytes of the whole object; nil when the server does not say.
    var total: Int64?

    init?(_ header: String) {
        guard header.hasPrefix("bytes ") else { return nil }
        let parts = header.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, first <= last else { return nil }
        let total = Int64(parts[1])
        guard parts[1] == "*" || total.map({ $0 > last }) ?? false else { return nil }
        (self.first, self.last, self.total) = (first, last, total)
    }
}
