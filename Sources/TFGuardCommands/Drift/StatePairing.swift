import Sites

/// Which states of two sites belong together.
struct StatePairing: Equatable {
    struct Pair: Equatable {
        var primary: String
        var dr: String
    }
    private(set) var pairs: [Pair] = []
    private(set) var onlyPrimary: [String] = []
    private(set) var onlyDR: [String] = []

    /// The states of one site.
    struct Side {
        var site: String
        var prefix: String?
        var keys: [String]

        /// What two sites' keys have in common when their prefixes differ.
        func relative(_ key: String) -> String {
            guard let prefix, key.hasPrefix(prefix) else { return key }
            return String(key.dropFirst(prefix.count))
        }
    }

    /// First what the configuration pairs, then equal keys below the sites' prefixes, then the only state of each.
    /// - Throws: ``ReferenceError`` when a configured pair names a state that is not there.
    init(_ primary: Side, _ dr: Side, configured: [DriftSettings.StatePair]) throws(ReferenceError) {
        var left = primary.keys
        var right = dr.keys
        for pair in configured {
            let found = Pair(primary: try Self.find(pair.primary, in: primary), dr: try Self.find(pair.dr, in: dr))
            guard !pairs.contains(found) else { continue }
            pairs.append(found)
            left.removeAll { $0 == found.primary }
            right.removeAll { $0 == found.dr }
        }
        for key in left {
            guard let other = right.first(where: { dr.relative($0) == primary.relative(key) }) else { continue }
            pairs.append(Pair(primary: key, dr: other))
            right.removeAll { $0 == other }
        }
        left.removeAll { key in pairs.contains { $0.primary == key } }
        if pairs.isEmpty, left.count == 1, right.count == 1 {
            pairs = [Pair(primary: left[0], dr: right[0])]
            (left, right) = ([], [])
        }
        onlyPrimary = left
        onlyDR = right
    }

    /// What sets the findings of a pair apart from those of others, today and when more states come to the sites.
    func scope(of pair: Pair, _ primary: Side) -> String {
        let name = primary.relative(pair.primary)
        // The configuration may pair one state with several.
        return pairs.contains { $0 != pair && primary.relative($0.primary) == name } ? "\(name)>\(pair.dr)" : name
    }

    private static func find(_ text: String, in side: Side) throws(ReferenceError) -> String {
        try KeyMatch.resolve(text, among: side.keys, prefix: side.prefix, site: side.site, reference: "\(side.site):\(text)")
    }
}
