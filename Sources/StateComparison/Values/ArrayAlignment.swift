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
        if !isSet && old.count == new.count {
            pairs = zip(old, new).enumerated().map { Pair(index: $0, before: $1.0, after: $1.1) }
            return
        }
        // A list that grew or shrank: what merely shifted is not a change.
        let prefix = isSet ? 0 : zip(old, new).prefix { $0.isEqual(to: $1) }.count
        let suffix = isSet ? 0 : zip(old.dropFirst(prefix).reversed(), new.dropFirst(prefix).reversed()).prefix { $0.isEqual(to: $1) }.count
        var (oldRest, newRest) = EqualElements.others(old[prefix..<old.count - suffix], new[prefix..<new.count - suffix])
        if let similar = SimilarElements(old, oldRest, new, newRest) {
            pairs = similar.pairs.map { Pair(index: $1, before: old[$0], after: new[$1]) }
            oldRest.removeAll { similar.isPaired(old: $0) }
            newRest.removeAll { similar.isPaired(new: $0) }
        }
        pairs += oldRest.map { Pair(index: $0, before: old[$0]) }
        pairs += newRest.map { Pair(index: $0, after: new[$0]) }
        pairs.sort { $0.index < $1.index }
    }
}
