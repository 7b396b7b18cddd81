/// Takes secrets out of libcurl's words: user and password of a proxy URL, and queries, which may be presigned.
enum Redaction {
    static func mask(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { mask(word: $0) }.joined(separator: " ")
    }

    private static func mask(word: Substring) -> String {
        var masked = String(word)
        if let at = masked.lastIndex(of: "@") {
            let start = masked.range(ofScheme: "://", before: at) ?? masked.firstIndex { $0 != "'" && $0 != "\"" } ?? masked.startIndex
            if start < at { masked.replaceSubrange(start..<at, with: "***") }
        }
        if let query = masked.firstIndex(of: "?"), masked.index(after: query) < masked.endIndex { masked.replaceSubrange(query..., with: "?…") }
        return masked
    }
}

extension String {
    /// The place behind the first `separator` that stands before `end`.
    fileprivate func range(ofScheme separator: String, before end: Index) -> Index? {
        var place = startIndex
        while place < end {
            if self[place..<end].hasPrefix(separator) { return index(place, offsetBy: separator.count) }
            place = index(after: place)
        }
        return nil
    }
}
