/// Applies the rules and keeps count of which of them did something.
struct RuleLedger {
    private struct Compiled {
        var rule: IgnoreRule
        var type: Glob?
        var address: Glob?
        var attribute: Glob?
        var isExpired: Bool
        var uses = 0
    }
    private var user: [Compiled]
    private var shipped: [Compiled]
    private let map: [CounterpartRule]
    private var usedMappings: Set<Int> = []

    init(_ rules: ParityRules) {
        func compile(_ rule: IgnoreRule) -> Compiled {
            let isExpired = if let until = rule.until, let today = rules.today { until < today } else { false }
            return Compiled(rule: rule, type: rule.type.map(Glob.init), address: rule.address.map(Glob.init), attribute: rule.attribute.map(Glob.init), isExpired: isExpired)
        }
        user = rules.ignore.map(compile)
        shipped = rules.usesDefaults ? DefaultRules.all.map(compile) : []
        map = rules.map
    }

    mutating func noteMappings(_ used: Set<Int>) { usedMappings.formUnion(used) }

    /// The rule that puts a finding aside, and whose it is.
    mutating func rule(for finding: DriftFinding, type: String) -> (reason: ExpectedReason, detail: String)? {
        var accepted: (ExpectedReason, String)?
        for index in user.indices where Self.matches(user[index], finding, type) {
            user[index].uses += 1
            if !user[index].isExpired, accepted == nil { accepted = (.rule, user[index].rule.reason) }
        }
        if let accepted { return accepted }
        // What stands on one side only by design may stand on either: the sides change places after a failover.
        let mirrored = finding.mirrored
        for index in shipped.indices where Self.matches(shipped[index], finding, type) || mirrored.map({ Self.matches(shipped[index], $0, type) }) == true { return (.byDesign, shipped[index].rule.reason) }
        return nil
    }

    private static func matches(_ rule: Compiled, _ finding: DriftFinding, _ type: String) -> Bool {
        if let wanted = rule.rule.findingClass, wanted != finding.findingClass { return false }
        if let glob = rule.type, !glob.matches(type) { return false }
        if let glob = rule.address, !(finding.primaryAddress.map(glob.matches) ?? false), !(finding.drAddress.map(glob.matches) ?? false) { return false }
        if let glob = rule.attribute {
            guard let path = finding.attribute else { return false }
            if !glob.matches(path), !glob.matches(finding.topLevelAttribute ?? "") { return false }
        }
        return true
    }

    /// User rules that did nothing, and those whose day has passed.
    var stale: [StaleRule] {
        var stale: [StaleRule] = []
        for (index, compiled) in user.enumerated() where compiled.uses == 0 || compiled.isExpired {
            let rule = compiled.rule
            let parts = [("type", rule.type), ("address", rule.address), ("attribute", rule.attribute), ("class", rule.findingClass?.rawValue), ("until", rule.until)]
            let text = parts.compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: ", ")
            stale.append(StaleRule(index: index, rule: text, reason: rule.reason, cause: compiled.isExpired && compiled.uses > 0 ? .expired : .matchedNothing))
        }
        for (index, mapping) in map.enumerated() where !usedMappings.contains(index) {
            stale.append(StaleRule(index: index, rule: "map \(mapping.primary) to \(mapping.dr)", reason: "no such pair of instances", cause: .matchedNothing))
        }
        return stale
    }
}

extension DriftFinding {
    /// The finding that the swapped comparison has instead, where one side lacks an object.
    fileprivate var mirrored: DriftFinding? {
        var mirror = self
        switch findingClass {
        case .missing: mirror.findingClass = .extra
        case .extra: mirror.findingClass = .missing
        default: return nil
        }
        swap(&mirror.primaryAddress, &mirror.drAddress)
        return mirror
    }
}
