internal import StateJSON
internal import TerraformState

/// Makes findings of what differs and of what stands alone, or puts it aside with a reason.
extension ComparisonRun {
    /// Types of one side that lack attributes which the other side's have: as many, and the provider's versions differ.
    private static let mostOddTypes = 3

    /// Makes findings of the differences, in the order of the pairs.
    mutating func judge(_ portions: [ComparedPairs]) {
        var judge = Judge(primary: primary, dr: dr)
        var census = ExternalCensus()
        var externals: [Difference.External: Int] = [:]
        var pending: [(finding: DriftFinding, type: String, external: Difference.External?, isAbsent: Bool, isHabit: Bool, follows: Difference.Alone?, part: Int)] = []
        var lacking: [Set<Int32>] = [[], []]
        for portion in portions {
            for i in portion.common { acceptCommon(i) }
            for (i, reasons) in portion.reasons {
                for (reason, count) in zip(ExpectedReason.allCases, reasons) where count > 0 { results[part(of: i)].expected[reason, default: 0] += count }
            }
            for pair in portion.pairs {
                let report = part(of: pair.i)
                for expectation in pair.expectations {
                    results[report].expectedDifferences.append(ExpectedDifference(
                        primaryAddress: primary.address(of: pair.i), drAddress: dr.address(of: pair.j), attribute: expectation.path, reason: expectation.reason, detail: expectation.reason.words))
                }
                for use in pair.externalUses { census.note(use, pair.i, pair.j) }
                if !pair.differences.isEmpty { differing[pair.i] = pair.differences.count }
                for difference in pair.differences {
                    if let external = difference.external { externals[external, default: 0] += 1 }
                    if difference.isAbsent { lacking[difference.primary == .absent ? 0 : 1].insert(primary.instances[pair.i].type.index) }
                    pending.append((judge.finding(difference, pair.i, pair.j), primary.instances[pair.i].type.qualifiedName, difference.external, difference.isAbsent, difference.isHabit, difference.follows, report))
                }
            }
        }
        for odd in census.odd {
            results[part(of: odd.i)].expected[.external, default: 0] -= 1
            let text = "\(odd.usual) stands for \(odd.use.ids.primary) elsewhere"
            let difference = Difference(path: odd.use.path, findingClass: .wrongReference, primary: .text(odd.use.ids.primary), dr: .text(odd.use.ids.dr), detail: text, isSecret: false)
            report(judge.finding(difference, odd.i, odd.j), type: primary.instances[odd.i].type.qualifiedName, part(of: odd.i))
        }
        let habits = Dictionary(grouping: pending.filter(\.isHabit), by: \.type).filter { isHabit(of: $0.key, count: $0.value.count) }
        let images = Dictionary(grouping: externals.keys, by: \.primary)
        for item in pending {
            if let external = item.external, externals[external] ?? 0 >= 2, images[external.primary]?.count == 1 {
                accept(item.finding, .external, "the same two ids stand for each other elsewhere", item.part)
            } else if item.isHabit, habits[item.type] != nil {
                accept(item.finding, .byDesign, "every object of its type is set so, on both sides", item.part)
            } else if let follows = item.follows, let reason = accepted(follows, judge) {
                accept(item.finding, reason.reason, "lacks what is accepted as missing: \(reason.detail)", item.part)
            } else if item.isAbsent, lacking[item.finding.primaryValue == .absent ? 0 : 1].count >= Self.mostOddTypes {
                accept(item.finding, .empty, "the other side's version of the provider does not know the attribute", item.part)
            } else {
                report(item.finding, type: item.type, item.part)
            }
        }
    }

    /// Objects of one type that are set alike: as many, and nine in ten of those with a counterpart.
    private static let fewestOfHabit = 10

    private func isHabit(of type: String, count: Int) -> Bool {
        guard count >= Self.fewestOfHabit else { return false }
        let all = pairing.table.pairs.count { primary.instances[$0.0].type.qualifiedName == type }
        return count * 10 >= all * 9
    }

    /// The rule that puts aside every object of one side that a list of the other side lacks.
    private mutating func accepted(_ alone: Difference.Alone, _ judge: Judge) -> (reason: ExpectedReason, detail: String)? {
        var found: (reason: ExpectedReason, detail: String)?
        for i in alone.primary {
            found = ledger.rule(for: judge.missing(i), type: primary.instances[i].type.qualifiedName)
            if found == nil { return nil }
        }
        for j in alone.dr {
            found = ledger.rule(for: judge.extra(j), type: dr.instances[j].type.qualifiedName)
            if found == nil { return nil }
        }
        return found
    }

    mutating func judgeUnpaired() {
        let judge = Judge(primary: primary, dr: dr)
        var settled: Set<Int> = []
        var settledDR: Set<Int> = []
        for group in pairing.ambiguous {
            for i in group.primary where pairing.table.ofPrimary[i] == nil && settled.insert(i).inserted {
                report(judge.unmatched(i, candidates: group.dr), type: primary.instances[i].type.qualifiedName, part(of: i))
                settledDR.formUnion(group.dr)
            }
        }
        // Asked for only where something global is missing.
        lazy var used = SharedUse(dr: dr, index: learner.index)
        let ownTypes = Set(dr.instances.indices.filter { !isCommonInDR($0) }.map { dr.instances[$0].type.index })
        var standing: [(finding: DriftFinding, instance: Int)] = []
        var aside: Set<Int> = []
        for i in primary.instances.indices where pairing.table.ofPrimary[i] == nil && !settled.contains(i) {
            let type = primary.instances[i].type
            if type.isData {
                results[part(of: i)].expected[.data, default: 0] += 1
            } else if type.isGlobal, !FailoverRecord.isPrimary(primary.instances[i]), used.uses(i) || base.common.isOneState && !ownTypes.contains(type.index) {
                accept(judge.missing(i), .shared, "one global object serves both sides", part(of: i))
                aside.insert(i)
            } else if hasReplica(primary.instances[i], in: learner.learned.drRegion) {
                accept(judge.missing(i), .shared, "a replica of it stands in DR's region", part(of: i))
                aside.insert(i)
            } else {
                let finding = judge.missing(i)
                if let rule = ledger.rule(for: finding, type: type.qualifiedName) {
                    accept(finding, rule.reason, rule.detail, part(of: i))
                    aside.insert(i)
                } else {
                    standing.append((finding, i))
                }
            }
        }
        foldServants(&standing, aside)
        lazy var usedByPrimary = SharedUse(dr: primary, index: learner.index.mirrored)
        let typesOfPrimary = Set(primary.instances.indices.filter { !isCommonInPrimary($0) }.map { primary.instances[$0].type.index })
        for item in standing { results[part(of: item.instance)].findings.append(item.finding) }
        for j in dr.instances.indices where pairing.table.ofDR[j] == nil && !settledDR.contains(j) {
            let type = dr.instances[j].type
            if type.isData {
                results[part(ofDR: j)].expected[.data, default: 0] += 1
            } else if type.isGlobal, !FailoverRecord.isPrimary(dr.instances[j]), usedByPrimary.uses(j) || base.common.isOneState && !typesOfPrimary.contains(type.index) {
                accept(judge.extra(j), .shared, "one global object serves both sides", part(ofDR: j))
            } else if hasReplica(dr.instances[j], in: learner.learned.primaryRegion) {
                accept(judge.extra(j), .shared, "a replica of it stands in the primary's region", part(ofDR: j))
            } else {
                report(judge.extra(j), type: type.qualifiedName, part(ofDR: j))
            }
        }
    }

    /// Whether the object keeps a replica of itself in the other side's region: a table, a secret.
    private func hasReplica(_ instance: Side.Instance, in region: String) -> Bool {
        guard let replicas = instance.attributes?["replica"], replicas.isArray, !region.isEmpty else { return false }
        return replicas.elements.contains { ($0["region_name"] ?? $0["region"])?.equals(region) == true }
    }

    private func isCommonInPrimary(_ i: Int) -> Bool {
        pairing.table.dr(of: i).map { base.common.isCommon(primary.instances[i], dr.instances[$0]) } ?? false
    }

    private func isCommonInDR(_ j: Int) -> Bool {
        pairing.table.ofDR[j].map { base.common.isCommon(primary.instances[$0], dr.instances[j]) } ?? false
    }

    private mutating func acceptCommon(_ i: Int) {
        results[part(of: i)].expected[.shared, default: 0] += 1
        let address = primary.address(of: i)
        guard options.listsExpected || options.explained.contains(address) else { return }
        results[part(of: i)].expectedDifferences.append(ExpectedDifference(primaryAddress: address, drAddress: address, attribute: nil, reason: .shared, detail: "one object serves both sides"))
    }

    /// A global object that serves only what the primary alone has by design, such as the role of a replication, is by
    /// design too.
    private mutating func foldServants(_ standing: inout [(finding: DriftFinding, instance: Int)], _ aside: Set<Int>) {
        guard !aside.isEmpty, standing.contains(where: { primary.instances[$0.instance].type.isGlobal }) else { return }
        var aside = aside
        var users: [String: [Int]] = [:]
        for i in primary.instances.indices { for address in primary.instances[i].source.dependencies { users[address, default: []].append(i) } }
        for _ in 0..<3 {
            var kept: [(finding: DriftFinding, instance: Int)] = []
            for item in standing {
                let needed = users[primary.resource(of: item.instance).configAddress] ?? []
                if primary.instances[item.instance].type.isGlobal, !needed.isEmpty, needed.allSatisfy(aside.contains) {
                    accept(item.finding, .byDesign, "serves only what the primary alone has by design", part(of: item.instance))
                    aside.insert(item.instance)
                } else {
                    kept.append(item)
                }
            }
            if kept.count == standing.count { break }
            standing = kept
        }
    }
}
