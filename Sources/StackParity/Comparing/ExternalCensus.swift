/// Counts which ids of neither state stand for each other, to find the odd one out.
struct ExternalCensus {
    private var uses: [Difference.External: [(use: Comparator.ExternalUse, i: Int, j: Int)]] = [:]
    /// Uses kept of one pair; more are not odd.
    private static let most = 3
    private var counts: [Difference.External: Int] = [:]

    mutating func note(_ use: Comparator.ExternalUse, _ i: Int, _ j: Int) {
        counts[use.ids, default: 0] += 1
        if (uses[use.ids]?.count ?? 0) < Self.most { uses[use.ids, default: []].append((use, i, j)) }
    }

    /// Uses where an id has another counterpart than it usually has.
    var odd: [(use: Comparator.ExternalUse, i: Int, j: Int, usual: String)] {
        var usual: [String: (image: String, count: Int)] = [:]
        for (ids, count) in counts where count > usual[ids.primary]?.count ?? 0 { usual[ids.primary] = (ids.dr, count) }
        var odd: [(use: Comparator.ExternalUse, i: Int, j: Int, usual: String)] = []
        for (ids, count) in counts {
            guard let best = usual[ids.primary], best.image != ids.dr, best.count >= 3, best.count >= count * 3 else { continue }
            for use in uses[ids] ?? [] { odd.append((use.use, use.i, use.j, best.image)) }
        }
        return odd.sorted { ($0.i, $0.use.path) < ($1.i, $1.use.path) }
    }
}
