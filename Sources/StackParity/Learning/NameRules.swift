/// Replacements of name tokens, `primary` → `dr`, nothing → `dr`, `prod use1` → `dr usw2`, learned from own names.
struct NameRules: Sendable {
    struct Rule: Hashable {
        /// Lower-case tokens joined by a blank; empty for an insertion.
        var primary: [UInt8]
        var dr: [UInt8]
    }
    private var seen: [Rule: Int] = [:]
    private var places: Set<Rule> = []
    /// Replacements of tokens that say little by themselves: numbers, single letters, drawn-by-lot runs.
    private var faint: [Rule: Int] = [:]
    private(set) var rules: [(rule: Rule, support: Int)] = []
    private var known: Set<Rule> = []
    /// Tokens that occur in DR's own names: they cannot give the primary away.
    private var drTokens = SymbolTable()
    /// And those of the primary's own names.
    private var primaryTokens = SymbolTable()
    private(set) var longest = 0
    private(set) var longestDR = 0
    private var named = 0

    /// Learns from one pair of own names.
    mutating func observe(_ primary: ByteText, _ dr: ByteText) {
        let drPieces = Self.pieces(of: dr)
        for piece in drPieces { Self.withLowered(dr.part(piece)) { _ = drTokens.intern($0) } }
        let left = Self.pieces(of: primary)
        for piece in left { Self.withLowered(primary.part(piece)) { _ = primaryTokens.intern($0) } }
        guard !primary.isEqual(to: dr) else { return }
        named += 1
        func isSame(_ place: Int, _ drPlace: Int) -> Bool { Self.isSame(primary.part(left[place]), dr.part(drPieces[drPlace])) }
        var head = 0
        while head < left.count, head < drPieces.count, isSame(head, head) { head += 1 }
        var tail = 0
        while tail < left.count - head, tail < drPieces.count - head, isSame(left.count - 1 - tail, drPieces.count - 1 - tail) { tail += 1 }
        let middle = left[head..<(left.count - tail)], drMiddle = drPieces[head..<(drPieces.count - tail)]
        guard !middle.isEmpty || !drMiddle.isEmpty, middle.count <= 4, drMiddle.count <= 4 else { return }
        let from = middle.map { primary.part($0).map(\.lowered) }, to = drMiddle.map { dr.part($0).map(\.lowered) }
        note(from, to)
        if from.count == to.count, from.count > 1 {
            for (a, b) in zip(from, to) where a != b { note([a], [b]) }
        }
    }

    /// Takes in what others observed.
    mutating func take(_ other: NameRules) {
        seen.merge(other.seen, uniquingKeysWith: +)
        faint.merge(other.faint, uniquingKeysWith: +)
        named += other.named
        for symbol in 0..<other.drTokens.count { other.drTokens.withBytes(of: Symbol(symbol)) { _ = drTokens.intern($0) } }
    }

    private mutating func note(_ primary: [[UInt8]], _ dr: [[UInt8]]) {
        let rule = Rule(primary: Array(primary.joined(separator: [32])), dr: Array(dr.joined(separator: [32])))
        // Numbers, single letters and drawn-by-lot runs say nothing about other names.
        for token in primary + dr {
            if token.withUnsafeBufferPointer({ RegionName.isRegion($0) || RegionName.regionLength(ofZone: $0) != nil }) { return }
            if token.count < 2 || token.allSatisfy(\.isDigit) || token.withUnsafeBufferPointer({ TextShape.isRandom($0) && $0.count >= 6 }) {
                faint[rule, default: 0] += 1
                return
            }
        }
        seen[rule, default: 0] += 1
    }

    /// Takes the names of two places for a replacement, where their look alone does not say that they are places.
    mutating func takePlace(_ primary: String, _ dr: String) {
        func joined(_ text: String) -> [UInt8] {
            var text = text
            return text.withUTF8 { Array(Self.tokens(of: $0).joined(separator: [32])) }
        }
        let rule = Rule(primary: joined(primary), dr: joined(dr))
        if !rule.primary.isEmpty, !rule.dr.isEmpty, rule.primary != rule.dr { places.insert(rule) }
    }

    /// Keeps the replacements that were seen often enough.
    mutating func settle() {
        let least = named >= 12 ? 3 : 2
        // Half of all names: then it is the side's own mark, whatever it looks like.
        let marks = faint.filter { $0.value >= 4 && $0.value * 2 >= named && !$0.key.primary.isEmpty && !$0.key.dr.isEmpty }
        let told = Dictionary(uniqueKeysWithValues: places.map { ($0, least) })
        rules = seen.filter { $0.value >= least }.merging(marks) { $1 }.merging(told) { max($0, $1) }.map { (rule: $0.key, support: $0.value) }
            .sorted { $0.support != $1.support ? $0.support > $1.support : ($0.rule.primary + [0] + $0.rule.dr).lexicographicallyPrecedes($1.rule.primary + [0] + $1.rule.dr) }
        if rules.count > 24 { rules.removeLast(rules.count - 24) }
        known = Set(rules.map(\.rule))
        longest = rules.map { $0.rule.primary.isEmpty ? 0 : $0.rule.primary.count(where: { $0 == 32 }) + 1 }.max() ?? 0
        longestDR = rules.map { $0.rule.dr.isEmpty ? 0 : $0.rule.dr.count(where: { $0 == 32 }) + 1 }.max() ?? 0
    }

    /// From DR's names to the primary's.
    var mirrored: NameRules {
        var mirror = self
        mirror.rules = rules.map { (Rule(primary: $0.rule.dr, dr: $0.rule.primary), $0.support) }
        mirror.known = Set(mirror.rules.map(\.rule))
        swap(&mirror.drTokens, &mirror.primaryTokens)
        swap(&mirror.longest, &mirror.longestDR)
        return mirror
    }

    func replaces(_ primary: [UInt8], by dr: [UInt8]) -> Bool {
        known.contains(Rule(primary: primary, dr: dr))
    }

    /// Whether a token stands only in the primary's names, and is replaced in DR's.
    func isPrimaryOnly(_ token: ByteText) -> Bool {
        guard token.count >= 3 else { return false }
        let lowered = token.map(\.lowered)
        guard rules.contains(where: { $0.support >= 3 && $0.rule.primary == lowered }) else { return false }
        return lowered.withUnsafeBufferPointer { drTokens.find($0) } < 0
    }

    /// Lower-case tokens of a name, without separators.
    static func tokens(of text: ByteText) -> [[UInt8]] { pieces(of: text).map { text.part($0).map(\.lowered) } }

    private static func pieces(of text: ByteText) -> [Range<Int>] {
        Subtokens.pieces(of: text).compactMap { $0.isSeparator ? nil : $0.start..<$0.end }
    }

    private static func withLowered(_ text: ByteText, _ body: (ByteText) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { buffer in
            for index in text.indices { buffer[index] = text[index].lowered }
            body(ByteText(rebasing: buffer[..<text.count]))
        }
    }

    private static func isSame(_ left: ByteText, _ right: ByteText) -> Bool {
        left.count == right.count && left.indices.allSatisfy { left[$0].lowered == right[$0].lowered }
    }
}
