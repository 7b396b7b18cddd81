internal import Sites

/// The order in which a site's keys are listed: by listing prefix, then by UTF-8 bytes.
struct KeyOrder: Sendable {
    private let prefixes: [String?]

    init(_ layout: StateLayout) { prefixes = layout.listingPrefixes }

    func precedes(_ left: String, _ right: String) -> Bool {
        if prefixes.count > 1 {
            let (leftRank, rightRank) = (rank(left), rank(right))
            if leftRank != rightRank { return leftRank < rightRank }
        }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    private func rank(_ key: String) -> Int {
        prefixes.firstIndex { prefix in prefix.map { key.utf8.starts(with: $0.utf8) } ?? true } ?? prefixes.count
    }
}
