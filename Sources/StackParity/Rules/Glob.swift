/// A pattern with `*` (any text) and `?` (one byte). Everything else stands for itself, brackets too.
struct Glob: Sendable {
    private let pattern: [UInt8]

    init(_ text: String) { pattern = Array(text.utf8) }

    func matches(_ text: String) -> Bool {
        let text = Array(text.utf8)
        var at = 0
        var patternAt = 0
        var star: (pattern: Int, text: Int)?
        while at < text.count {
            if patternAt < pattern.count, pattern[patternAt] == UInt8(ascii: "*") {
                star = (patternAt, at)
                patternAt += 1
            } else if patternAt < pattern.count, pattern[patternAt] == UInt8(ascii: "?") || pattern[patternAt] == text[at] {
                patternAt += 1
                at += 1
            } else if let last = star {
                patternAt = last.pattern + 1
                at = last.text + 1
                star = (last.pattern, at)
            } else {
                return false
            }
        }
        return pattern[patternAt...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
