internal import TerraformState

/// Lists in another order: the same set of instances under other indexes.
extension ComparisonRun {
    /// Instances of one list looked at together; a longer list is left as its indexes say.
    private static let longest = 64
    /// Pairs of instances compared in one look for a better order.
    private static let mostTrials = 20_000

    /// Differences that two instances under keys of two kinds may have and still be counterparts.
    private static let mostOfStrangers = 4

    private struct Group: Sendable {
        var primary: [Int] = []
        var dr: [Int] = []
    }

    /// Pairs that fit clearly better than the indexes say, together with those known before; nil when there are none.
    func betterOrder() -> [Int: Int]? {
        let groups = suspiciousGroups()
        guard !groups.isEmpty else { return nil }
        let context = context ?? makeContext(), known = order
        var found = order
        // The first groups, as many as one look may take.
        var trials = 0
        let affordable = groups.prefix { group in
            trials += group.primary.count * group.dr.count
            return trials <= Self.mostTrials
        }
        let fits = base.workers.map(affordable.count, size: 4, state: { Comparator(context) }) { comparator, range in
            range.map { Self.fitting(affordable[$0], &comparator) }
        }
        let better = zip(affordable, fits.joined()).filter { !$0.1.isEmpty }.map { (group: $0.0, pairs: $0.1) }
        // What builds on another list that moves may only seem to be in disorder: the foundations move first.
        let movers = better.map { $0.group.primary[0] }
        for (position, item) in better.enumerated() {
            let leans = movers.enumerated().contains { $0.offset != position && primary.depends(movers[position], on: $0.element) }
            if !leans { for (i, j) in item.pairs { found[i] = j } }
        }
        return found == known ? nil : found
    }

    /// Instances of one resource that are counted, or keyed in two ways, and that differ or stand alone.
    private func suspiciousGroups() -> [Group] {
        let suspects = primary.resources.indices.filter { position in
            let resource = primary.resources[position]
            guard !resource.type.isData else { return false }
            return resource.instances.contains { order[$0] == nil && (pairing.table.ofPrimary[$0] == nil || differing[$0] != nil && isCounted(primary.instances[$0].key)) }
        }
        guard !suspects.isEmpty else { return [] }
        var names: [String: Int32] = [:]
        for (position, resource) in dr.resources.enumerated() { names[pairing.mark(dr, resource.instances.lowerBound) + "\(resource.module)\u{0}\(resource.type.qualifiedName)\u{0}\(resource.name)"] = Int32(position) }
        var groups: [Group] = []
        for position in suspects {
            let resource = primary.resources[position]
            let partner = resource.instances.lazy.compactMap { pairing.table.dr(of: $0) }.first
            let module = Pairing.mapped(resource.module, pairing.moduleNames)
            guard let other = partner.map({ dr.instances[$0].resource }) ?? names[pairing.mark(primary, resource.instances.lowerBound) + "\(module)\u{0}\(resource.type.qualifiedName)\u{0}\(resource.name)"] else { continue }
            var group = Group()
            for i in resource.instances where order[i] == nil {
                guard let entry = pairing.table.ofPrimary[i] else {
                    group.primary.append(i)
                    continue
                }
                guard differing[i] != nil, entry.basis != .map, entry.basis != .position, isCounted(primary.instances[i].key), isCounted(dr.instances[entry.dr].key), dr.instances[entry.dr].resource == other else { continue }
                group.primary.append(i)
                group.dr.append(entry.dr)
            }
            for j in dr.resources[Int(other)].instances where pairing.table.ofDR[j] == nil { group.dr.append(j) }
            guard !group.primary.isEmpty, !group.dr.isEmpty, group.primary.count + group.dr.count > 2, group.primary.count <= Self.longest, group.dr.count <= Self.longest else { continue }
            groups.append(group)
        }
        return groups
    }

    private func isCounted(_ key: IndexKey?) -> Bool {
        if case .int = key { true } else { false }
    }

    /// The pairs of a group that differ least, if they differ clearly less than the present ones.
    private static func fitting(_ group: Group, _ comparator: inout Comparator) -> [(Int, Int)] {
        let table = comparator.context.table
        var trials: [(i: Int, j: Int, count: Int)] = []
        var present = 0
        var former: [Int: Int] = [:]
        for i in group.primary {
            for j in group.dr where mayTryPair(i, j, comparator.context) {
                comparator.compare(i, j, keepsExpectations: false)
                let count = comparator.differences.count { $0.findingClass != .opaque && $0.findingClass != .secret }
                trials.append((i, j, count))
                if table.dr(of: i) == j {
                    present += count
                    former[i] = count
                }
            }
        }
        trials.sort { left, right in
            if left.count != right.count { return left.count < right.count }
            let isLeft = table.dr(of: left.i) == left.j, isRight = table.dr(of: right.i) == right.j
            return isLeft != isRight ? isLeft : (left.i, left.j) < (right.i, right.j)
        }
        var chosen: [Int: Int] = [:]
        var taken: Set<Int> = []
        var total = 0
        for trial in trials where chosen[trial.i] == nil && !taken.contains(trial.j) {
            // None may fit worse than before; strangers must fit well.
            guard trial.count <= former[trial.i] ?? Self.mostOfStrangers else { continue }
            chosen[trial.i] = trial.j
            taken.insert(trial.j)
            total += trial.count
        }
        let isNew = chosen.contains { table.dr(of: $0.key) != $0.value }
        guard isNew, chosen.count > former.count && former.isEmpty || chosen.count >= former.count && total + 2 <= present else { return [] }
        return chosen.sorted { $0.key < $1.key }
    }

    /// Two keys that people chose say themselves who is who.
    private static func mayTryPair(_ i: Int, _ j: Int, _ context: ComparisonContext) -> Bool {
        if case .string = context.primary.instances[i].key, case .string = context.dr.instances[j].key { return false }
        return context.primary.instances[i].type === context.dr.instances[j].type
    }
}
