internal import Findings

/// Turns differences into findings: rule id, severity, component, reason, stable id.
struct Judge {
    let primary: Side
    let dr: Side
    /// One path of one type has one effect; asked for again and again in a large stack.
    private var effects: [String: Effect] = [:]

    init(primary: Side, dr: Side) {
        self.primary = primary
        self.dr = dr
    }

    private mutating func effect(of path: String, type: String) -> Effect {
        let key = "\(type) \(path)"
        if let known = effects[key] { return known }
        let effect = Effect.of(path, type: type)
        effects[key] = effect
        return effect
    }

    mutating func finding(_ difference: Difference, _ i: Int, _ j: Int) -> DriftFinding {
        let type = primary.instances[i].type.name
        let effect = effect(of: difference.path, type: type)
        let name = Self.ruleName(difference.findingClass, effect)
        let severity: Severity = switch difference.findingClass {
        case .changed: effect.severity
        case .wrongReference, .namesThePrimary: effect == .cosmetic ? .medium : .high
        case .opaque: .medium
        case .secret: .low
        default: .medium
        }
        let reason = difference.findingClass == .changed ? "\(difference.detail): \(effect.consequence)" : Self.sentence(difference)
        let isUncertain = primary.instances[i].isTainted || dr.instances[j].isTainted
        return DriftFinding(
            id: "", findingClass: difference.findingClass, ruleID: RuleID(name), severity: severity, primaryAddress: primary.address(of: i), drAddress: dr.address(of: j),
            attribute: difference.path, primaryValue: difference.primary, drValue: difference.dr, reason: reason + (isUncertain ? " (the object is tainted: its state may be partly planned)" : ""),
            component: PlanComponent.of(type: type), isUncertain: isUncertain)
    }

    func missing(_ i: Int) -> DriftFinding {
        let type = primary.instances[i].type.name
        return DriftFinding(
            id: "", findingClass: .missing, ruleID: "drift.missing", severity: Self.severity(ofMissing: type), primaryAddress: primary.address(of: i), drAddress: nil, attribute: nil,
            primaryValue: .absent, drValue: .absent, reason: "DR has no counterpart", component: PlanComponent.of(type: type), isUncertain: primary.instances[i].isTainted)
    }

    func extra(_ j: Int) -> DriftFinding {
        let type = dr.instances[j].type.name
        let isAccess = type.contains("security_group") || type.contains("iam_") || type.contains("policy")
        return DriftFinding(
            id: "", findingClass: .extra, ruleID: "drift.extra", severity: isAccess ? .medium : .low, primaryAddress: nil, drAddress: dr.address(of: j), attribute: nil,
            primaryValue: .absent, drValue: .absent, reason: "the primary has no counterpart", component: PlanComponent.of(type: type), isUncertain: dr.instances[j].isTainted)
    }

    func unmatched(_ i: Int, candidates: [Int]) -> DriftFinding {
        let names = candidates.prefix(5).map { dr.address(of: $0) }.joined(separator: ", ") + (candidates.count > 5 ? ", …" : "")
        return DriftFinding(
            id: "", findingClass: .unmatched, ruleID: "drift.unmatched", severity: .medium, primaryAddress: primary.address(of: i), drAddress: nil, attribute: nil, primaryValue: .absent,
            drValue: .absent, reason: "nothing tells which of these is the counterpart: \(names); say it with a map entry", component: PlanComponent.of(type: primary.instances[i].type.name), isUncertain: false)
    }

    private static func ruleName(_ findingClass: FindingClass, _ effect: Effect) -> String {
        findingClass == .changed ? "drift.changed.\(effect.rawValue)" : "drift.\(findingClass.rawValue)"
    }

    private static func sentence(_ difference: Difference) -> String {
        switch difference.findingClass {
        case .namesThePrimary: "DR's value \(difference.detail): it would not survive the outage that DR is for"
        default: difference.detail
        }
    }

    private static func severity(ofMissing type: String) -> Severity {
        for word in ["aws_db_", "aws_rds_", "aws_lb", "aws_alb", "aws_vpc", "aws_subnet", "aws_nat_gateway", "aws_internet_gateway", "aws_autoscaling_group", "aws_dynamodb_table", "aws_s3_bucket", "aws_ecs_service", "aws_eks_cluster", "aws_elasticache", "aws_efs_file_system"]
        where type == word || type.hasPrefix(word) {
            return type.hasSuffix("_tag") ? .low : .high
        }
        if type.hasPrefix("aws_instance") || type.contains("security_group") || type.hasPrefix("aws_route") || type.contains("kms") || type.contains("backup") || type.hasPrefix("aws_lambda_function") { return .high }
        return .medium
    }

    // MARK: Stable ids

    /// Gives every finding its id. Positions in lists are left out, since they move; equal ones are counted.
    static func number(_ findings: inout [DriftFinding]) {
        var seen: [String: Int] = [:]
        for index in findings.indices {
            let finding = findings[index]
            let path = withoutPositions(finding.attribute ?? "")
            let key = "\(finding.findingClass.rawValue)\u{0}\(finding.primaryAddress ?? "")\u{0}\(finding.drAddress ?? "")\u{0}\(path)"
            let repetition = seen[key, default: 0]
            seen[key] = repetition + 1
            findings[index].id = fingerprint(repetition == 0 ? key : "\(key)\u{0}\(repetition)")
        }
    }

    /// The path with `[]` for `[12]`.
    private static func withoutPositions(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: "[")) else { return path }
        var kept: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            kept.append(byte)
            guard byte == UInt8(ascii: "[") else { continue }
            let digits = rest.prefix { $0.isDigit }
            if !digits.isEmpty, rest.dropFirst(digits.count).first == UInt8(ascii: "]") { rest = rest.dropFirst(digits.count) }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// FNV-1a, 64 bits, in hex: the same on every machine and in every release.
    private static func fingerprint(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let hex = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }
}
