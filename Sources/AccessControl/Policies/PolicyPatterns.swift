internal import StateJSON

/// `Action` or `NotAction`, `Resource` or `NotResource`: patterns with `*` and `?`.
struct PolicyPatterns: Sendable, Hashable {
    let patterns: [String]
    let isExclusion: Bool

    /// - Returns: nil when the statement has neither, or something that is no list of texts.
    init?(_ statement: JSONValue, _ name: String) {
        if let texts = statement[name]?.texts {
            (patterns, isExclusion) = (texts, false)
        } else if let texts = statement["Not\(name)"]?.texts {
            (patterns, isExclusion) = (texts, true)
        } else {
            return nil
        }
    }

    /// Actions are compared without regard to case, resources with it.
    func match(_ text: String, ignoringCase: Bool = false) -> Bool {
        let isMatch = patterns.contains { pattern in
            ignoringCase ? Self.matches(pattern.lowercased(), text.lowercased()) : Self.matches(pattern, text)
        }
        return isMatch != isExclusion
    }

    /// Whether a text fits a pattern: `*` stands for anything, also nothing, `?` for one character. Linear but for the last `*`.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
        var (place, position) = (0, 0)
        var star: (place: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == text[position] || pattern[place] == UInt8(ascii: "?") {
                (place, position) = (place + 1, position + 1)
            } else if let last = star {
                star = (last.place, last.position + 1)
                (place, position) = (last.place + 1, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
