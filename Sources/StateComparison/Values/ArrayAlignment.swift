import StateJSON

/// Decides which elements of two arrays belong together.
///
/// Equal elements belong together: at any place in a set, in order in a list. Of what is left, objects that share most
/// of their members belong together; the rest came or went.
struct ArrayAlignment {
    struct Pair {
        /// The element's place: in the newer array, or in the older one for an element that is gone.
        var index: Int
        var before: JSONValue?
        var after: JSONValue?
    }

    private(set) var pairs: [Pair] = []

    init(old: [JSONValue], new: [JSONValue], isSet: Bool) {
        var oldRest: [Int], newRest: [Int]
        if isSet {
            (oldRest, newRest) = Self.withoutEqualElements(old, new)
        } else {
            let prefix = zip(old, new).prefix { $0.isEqual(to: $1) }.count
            let suffix = zip(old.dropFirst(prefix).reversed(), new.dropFirst(prefix).reversed()).prefix { $0.isEqual(to: $1) }.count
            oldRest = Array(prefix..<(old.count - suffix))
            newRest = Array(prefix..<(new.count - suffix))
            if oldRest.count == newRest.count {
                pairs = zip(oldRest, newRest).map { Pair(index: $1, before: old[$0], after: new[$1]) }
                return
            }
            // The middle grew or shrank: what merely shifted is not a change.
            let (shiftedOld, shiftedNew) = Self.withoutEqualElements(oldRest.map { old[$0] }, newRest.map { new[$0] })
            oldRest = shiftedOld.map { $0 + prefix }
            newRest = shiftedNew.map { $0 + prefix }
            if oldRest.isEmpty && newRest.isEmpty { return }
        }
        pairSimilar(old, new, &oldRest, &newRest)
        pairs += oldRest.map { Pair(index: $0, before: old[$0]) }
        pairs += newRest.map { Pair(index: $0, after: new[$0]) }
        pairs.sort { $0.index < $1.index }
    }

    /// The places of the elements that have no equal on the other side, counting how often each stands there.
    private static func withoutEqualElements(_ old: [JSONValue], _ new: [JSONValue]) -> ([Int], [Int]) {
        var waiting: [[UInt8]: [Int]] = [:]
        for (index, element) in new.enumerated().reversed() { waiting[element.canonicalBytes, default: []].append(index) }
        var oldRest: [Int] = []
        for (index, element) in old.enumerated() {
            if waiting[element.canonicalBytes]?.popLast() == nil { oldRest.append(index) }
        }
        return (oldRest, waiting.values.joined().sorted())
    }

    /// Above this many elements without an equal, the search for the most similar ones (quadratic) is left out.
    private static let similarityLimit = 64

    private mutating func pairSimilar(_ old: [JSONValue], _ new: [JSONValue], _ oldRest: inout [Int], _ newRest: inout [Int]) {
        guard oldRest.count <= Self.similarityLimit, newRest.count <= Self.similarityLimit else { return }
        var candidates: [(likeness: Double, old: Int, new: Int)] = []
        for oldIndex in oldRest {
            for newIndex in newRest {
                let likeness = Self.likeness(old[oldIndex], new[newIndex])
                if likeness >= 0.5 { candidates.append((likeness, oldIndex, newIndex)) }
            }
        }
        candidates.sort { ($1.likeness, $0.old, $0.new) < ($0.likeness, $1.old, $1.new) }
        for candidate in candidates where oldRest.contains(candidate.old) && newRest.contains(candidate.new) {
            pairs.append(Pair(index: candidate.new, before: old[candidate.old], after: new[candidate.new]))
            oldRest.removeAll { $0 == candidate.old }
            newRest.removeAll { $0 == candidate.new }
        }
    }

    /// The share of members that two objects have in common, 0 to 1; 0 for everything else.
    private static func likeness(_ old: JSONValue, _ new: JSONValue) -> Double {
        guard old.kind == .object, new.kind == .object, old.count > 0 else { return 0 }
        let common = old.members.count { member in new[member.key.string].map { $0.isEqual(to: member.value) } ?? false }
        return Double(common) / Double(max(old.count, new.count))
    }
}
