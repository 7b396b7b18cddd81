/// A shell pattern over keys: `*` any run within a segment, `**` any run across segments, `?` one Unicode scalar that is no
/// slash, `[a-z]` and `[!a-z]` classes, `\` takes the next character as it is.
///
/// A pattern without a slash selects the keys that have a matching segment, as in `.gitignore`: `network` finds
/// `prod/network/terraform.tfstate`, and `*.tfstate` finds every key that ends so. Matching takes time linear in pattern
/// times key: no pattern can stall a run.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
    public let description: String
    private let tokens: [Token]
    private let matchesSegments: Bool

    private enum Token: Hashable, Sendable {
        case scalar(Unicode.Scalar)
        case one
        case run
        case deepRun
        /// `**/`: any number of whole segments, none included.
        case segments
        case set([ClosedRange<Unicode.Scalar>], negated: Bool)
    }

    /// - Returns: nil when a class is not closed, a range runs backwards or a backslash ends the pattern.
    public init?(_ pattern: String) {
        description = pattern
        var tokens: [Token] = []
        var rest = Substring(pattern).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                guard rest.first == "*" else {
                    tokens.append(.run)
                    continue
                }
                rest = rest.drop { $0 == "*" }
                if tokens.isEmpty || tokens.last == .scalar("/"), rest.first == "/" {
                    rest.removeFirst()
                    tokens.append(.segments)
                } else {
                    tokens.append(.deepRun)
                }
            case "?":
                tokens.append(.one)
            case "\\":
                guard let next = rest.popFirst() else { return nil }
                tokens.append(.scalar(next))
            case "[":
                guard let set = Self.set(&rest) else { return nil }
                tokens.append(set)
            default:
                tokens.append(.scalar(scalar))
            }
        }
        self.tokens = tokens
        matchesSegments = !pattern.unicodeScalars.contains("/")
    }

    /// Whether the key is selected.
    public func matches(_ key: String) -> Bool {
        if matchesWhole(key.unicodeScalars[...]) { return true }
        return matchesSegments && key.unicodeScalars.split(separator: "/").contains(where: matchesWhole)
    }

    /// Runs the pattern as an automaton: `states` holds every position in the pattern that the key read so far can be at.
    private func matchesWhole(_ key: Substring.UnicodeScalarView) -> Bool {
        var states = [Bool](repeating: false, count: tokens.count + 1)
        var next = states
        states[0] = true
        skipEmptyRuns(&states, atSegmentStart: true)
        for scalar in key {
            for index in next.indices { next[index] = false }
            for (index, token) in tokens.enumerated() where states[index] {
                switch token {
                case .scalar(let wanted): if scalar == wanted { next[index + 1] = true }
                case .one: if scalar != "/" { next[index + 1] = true }
                case .run: if scalar != "/" { next[index] = true }
                case .deepRun, .segments: next[index] = true
                case .set(let ranges, let negated):
                    if scalar != "/", ranges.contains(where: { $0.contains(scalar) }) != negated { next[index + 1] = true }
                }
            }
            swap(&states, &next)
            skipEmptyRuns(&states, atSegmentStart: scalar == "/")
        }
        return states[tokens.count]
    }

    /// A run may be empty: what follows it is reachable together with it. `**/` ends only where a segment begins.
    private func skipEmptyRuns(_ states: inout [Bool], atSegmentStart: Bool) {
        for (index, token) in tokens.enumerated() where states[index] {
            switch token {
            case .run, .deepRun: states[index + 1] = true
            case .segments where atSegmentStart: states[index + 1] = true
            default: break
            }
        }
    }

    private static func set(_ rest: inout Substring.UnicodeScalarView) -> Token? {
        let negated = rest.first == "!" || rest.first == "^"
        if negated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while let low = rest.popFirst() {
            // A bracket that comes first stands for itself.
            if low == "]", !ranges.isEmpty { return .set(ranges, negated: negated) }
            guard rest.first == "-", let high = rest.dropFirst().first, high != "]" else {
                ranges.append(low...low)
                continue
            }
            guard low <= high else { return nil }
            rest.removeFirst(2)
            ranges.append(low...high)
        }
        return nil
    }
}
