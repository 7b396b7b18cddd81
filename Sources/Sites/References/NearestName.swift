/// Finds the name that somebody probably meant.
package enum NearestName {
    /// The candidate nearest to `text`, or nil when none is near enough to be worth suggesting.
    package static func of(_ text: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(text.lowercased().unicodeScalars)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let name = Array(candidate.lowercased().unicodeScalars)
            let distance = editDistance(wanted, name)
            if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
        }
        if let best, best.distance <= max(2, wanted.count / 3) { return best.name }
        // `dualstack` is far from `use_dualstack_endpoint` by letters, yet plainly meant.
        guard wanted.count >= 4 else { return nil }
        let flat = text.lowercased().filter { $0 != "_" && $0 != "-" }
        return candidates.filter { $0.lowercased().filter { $0 != "_" && $0 != "-" }.contains(flat) }.min { $0.count < $1.count }
    }

    /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
    static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for i in 1...left.count {
            var row = [i] + [Int](repeating: 0, count: right.count)
            for j in 1...right.count {
                let substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
                row[j] = min(previous[j] + 1, row[j - 1] + 1, substitution)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], beforePrevious[j - 2] + 1)
                }
            }
            (beforePrevious, previous) = (previous, row)
        }
        return previous[right.count]
    }
}
