internal import ProviderSchema
internal import StateJSON
internal import TerraformState

/// Compares counterparts attribute by attribute, by what the values mean.
struct Comparator {
    enum Step {
        case member(JSONKey)
        case key(JSONKey)
        case index(Int)
    }
    struct Expectation: Sendable {
        var path: String
        var reason: ExpectedReason
    }

    /// Two ids of neither state at one place.
    struct ExternalUse: Sendable {
        var ids: Difference.External
        var path: String
    }

    let context: ComparisonContext
    let trees = AttributeTrees()
    /// Texts that were found to name nothing of the primary's, wherever they stand.
    let clean = TextCache()

    /// The pair in hand.
    private(set) var mine = 0
    private(set) var other = 0
    var steps: [Step] = []
    var differences: [Difference] = []
    /// Expected differences of the pair in hand.
    var reasons: [ExpectedReason] = []
    var expectations: [Expectation] = []
    var externalUses: [ExternalUse] = []
    var keepsExpectations = false
    /// Lists met so far in the pair in hand.
    var unordered = 0
    /// Nesting of embedded documents, which must end.
    var embedding = 0
    private var handles = DocumentHandles()
    private var drHandles = DocumentHandles()
    /// Whether the pair in hand are data sources.
    private var isData = false
    /// What the two objects are called; made when first asked for.
    private var ownNames: OwnNames?
    private var drOwnNames: OwnNames?
    /// The attributes that one of the states marks as sensitive; made when first asked for.
    private var markedNames: Set<String>?
    /// Inside base64.
    var isPacked = false
    /// Inside a setting such as `{ name = "PRIMARY_REGION" value = "…" }`.
    var isNamedForSide = false
    /// The attribute in hand as a whole, then the embedded documents inside it.
    var wholes: [(left: JSONValue, right: JSONValue)] = []
    /// The DR object itself stands in the primary's region, like the primary's own.
    private(set) var isAtHomeOfPrimary = false
    /// And the primary's object in DR's.
    private var isAtHomeOfDR = false

    /// The comparator that sees the sides in each other's place; nil in itself.
    let mirror: ComparatorMirror?

    init(_ context: ComparisonContext) {
        self.context = context
        mirror = context.mirrored.map { ComparatorMirror(Comparator($0)) }
    }

    /// Asks what a text of the pair in hand means with the sides in each other's place.
    func inMirror<Result>(_ body: (Comparator) -> Result?) -> Result? {
        guard let mirror else { return nil }
        mirror.view.mine = other
        mirror.view.other = mine
        mirror.view.steps = steps
        mirror.view.embedding = embedding
        mirror.view.isNamedForSide = isNamedForSide
        mirror.view.isAtHomeOfPrimary = isAtHomeOfDR
        // Two owners of one array would have it copied at the next step.
        defer { mirror.view.steps = [] }
        return body(mirror.view)
    }

    // MARK: One pair

    mutating func compare(_ i: Int, _ j: Int, keepsExpectations: Bool) {
        mine = i
        other = j
        steps.removeAll(keepingCapacity: true)
        differences.removeAll(keepingCapacity: true)
        reasons.removeAll(keepingCapacity: true)
        expectations.removeAll(keepingCapacity: true)
        externalUses.removeAll(keepingCapacity: true)
        unordered = 0
        self.keepsExpectations = keepsExpectations
        guard let left = handles.attributes(of: context.primary.instances[i]), let right = drHandles.attributes(of: context.dr.instances[j]) else { return }
        (ownNames, drOwnNames, markedNames) = (nil, nil, nil)
        let type = context.primary.instances[i].type
        isData = type.isData
        if type !== context.dr.instances[j].type { return compareTwins(left, right, type) }
        isAtHomeOfDR = !context.learned.drRegion.isEmpty && context.primary.place(of: i)?.region == context.learned.drRegion
        isAtHomeOfPrimary = !context.learned.primaryRegion.isEmpty && context.dr.place(of: j)?.region == context.learned.primaryRegion
        checkStanding(left, right, type)
        let root = trees.root(of: type)
        var theirs = MemberSearch(right)
        var place = 0
        for member in left.members {
            defer { place += 1 }
            let counterpart = theirs.next(member.key)
            if let counterpart, isPlainlySame(member.value, counterpart) { continue }
            let node = member.key.value.withDecodedBytes { root.child($0, at: place) }
            steps.append(.member(member.key))
            compareTopLevel(member.value, counterpart, node, left, right)
            steps.removeLast()
        }
        // Attributes that only DR's version of the provider knows.
        if theirs.isAtEnd { return }
        var mine = MemberSearch(left)
        for member in right.members where mine.next(member.key) == nil {
            let node = member.key.value.withDecodedBytes { root.child($0, at: Int.max) }
            steps.append(.member(member.key))
            compareTopLevel(nil, member.value, node, left, right)
            steps.removeLast()
        }
    }

    /// A copy of another type: only what both types configure.
    private mutating func compareTwins(_ left: JSONValue, _ right: JSONValue, _ type: ResourceType) {
        for member in left.members where TypeKnowledge.ofTwins.contains(member.key.string) {
            guard let counterpart = right[member.key.string] else { continue }
            steps.append(.member(member.key))
            compareTopLevel(member.value, counterpart, member.key.value.withDecodedBytes { trees.root(of: type).child($0, at: Int.max) }, left, right)
            steps.removeLast()
        }
    }

    /// DR's object must not stand in the primary's region itself.
    private mutating func checkStanding(_ left: JSONValue, _ right: JSONValue, _ type: ResourceType) {
        guard isAtHomeOfPrimary, context.learned.primaryRegion != context.learned.drRegion, !context.learned.drRegion.isEmpty, !type.isGlobal, !type.isRegionless, !type.isData else { return }
        // Alarms and topics of global services can only stand in us-east-1.
        if context.learned.primaryRegion == "us-east-1", !type.isRegional { return }
        for name: StaticString in ["arn", "region", "location", "availability_zone"] {
            guard let value = right[name], value.isString, value.withDecodedBytes({ String(decoding: $0, as: UTF8.self).contains(context.learned.primaryRegion) }) else { continue }
            guard let member = right.members.first(where: { $0.key.equals(name) }) else { return }
            steps.append(.member(member.key))
            differ(.namesThePrimary, left[name], value, member.key.value.withDecodedBytes { trees.root(of: type).child($0, at: Int.max) }, "stands in the primary's region \(context.learned.primaryRegion)")
            steps.removeLast()
            return
        }
    }

    private mutating func compareTopLevel(_ left: JSONValue?, _ right: JSONValue?, _ node: AttributeNode, _ all: JSONValue, _ allRight: JSONValue) {
        if isData {
            guard let left, let right, !Self.sameText(left, right) else { return }
            if DataKnowledge.isTelling(node.name, of: node.type.name), left.isString, right.isString { return compareValues(left, right, node) }
            return expect(.data)
        }
        switch node.role {
        case .id, .arn:
            if let left, let right, !Self.sameText(left, right) { expect(.reference) }
        case .name where !TypeKnowledge.isSharedName(node.name, of: node.type.name):
            if let left, let right, !Self.sameText(left, right) { expect(.name) }
        case .local: break
        case .tags: compareTags(left, right, node, except: nil, nil)
        // A state that was never refreshed after the creation may not know the provider's default tags.
        case .allTags where Self.isEmpty(left) != Self.isEmpty(right) && Self.isSame(all["tags"], allRight["tags"]): expect(.mirror)
        case .allTags: compareTags(left, right, node, except: all["tags"] ?? all["labels"], allRight["tags"] ?? allRight["labels"])
        case .mirror where isMirror(node):
            if !Self.sameText(left, right) { expect(.mirror) }
        case .counter where Self.isCount(left) && Self.isCount(right):
            if !Self.sameText(left, right) { expect(.counter) }
        default:
            if node.flags.isComputedOnly {
                if !Self.sameText(left, right) { expect(.computed) }
                return
            }
            if let left, let right, Self.isEmpty(left) != Self.isEmpty(right), TypeKnowledge.lateDefaults.contains("\(node.type.name).\(node.name)") { return expect(.mirror) }
            if left != nil, right != nil, node.name.utf8.count > 3, isOwnName(left, right, all, allRight) { return expect(.name) }
            if node.name == "failover_routing_policy", let role = FailoverRecord.sharedRole(all, allRight) {
                differ(.changed, left, right, node, "both records are \(role)")
                differences[differences.count - 1].isHabit = true
                return
            }
            if let left, let right { wholes = [(left, right)] }
            compareOptional(left, right, node)
            wholes.removeAll(keepingCapacity: true)
        }
    }

    /// Whether an attribute is the object's own name on both sides, as `bucket` or `function_name` are.
    private mutating func isOwnName(_ left: JSONValue?, _ right: JSONValue?, _ all: JSONValue, _ allRight: JSONValue) -> Bool {
        guard let left, let right, left.isString, right.isString, !Self.sameText(left, right) else { return false }
        let own = ownNames ?? OwnNames(id: all["id"], arn: all["arn"])
        ownNames = own
        let owns = left.withDecodedBytes { text in
            guard text.count >= OwnTexts.shortest, own.contain(text) else { return false }
            let holder = context.index.holder(context.index.symbols.find(text), inDR: false)
            return !holder.isHeld || Int(holder.owner) == mine || !context.primary.depends(mine, on: Int(holder.owner))
        }
        guard owns else { return false }
        let drOwn = drOwnNames ?? OwnNames(id: allRight["id"], arn: allRight["arn"])
        drOwnNames = drOwn
        return right.withDecodedBytes { text in
            guard text.count >= OwnTexts.shortest, drOwn.contain(text) else { return false }
            let holder = context.index.holder(context.index.symbols.find(text), inDR: true)
            return !holder.isHeld || Int(holder.owner) == other || !context.dr.depends(other, on: Int(holder.owner))
        }
    }

    private func isMirror(_ node: AttributeNode) -> Bool {
        node.mirrored.isEmpty || context.satellites.name(mine, of: context.primary, types: node.mirrored) || context.satellites.name(other, of: context.dr, types: node.mirrored)
    }

    /// Whether two values are the same and nothing is to be said of that: they name nobody, wherever they stand.
    func isPlainlySame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard Self.sameText(left, right) else { return false }
        if !left.isString { return left.isScalar || left.count == 0 }
        if left.isEscaped { return false }
        return left.withStringBytes { text in
            // Longer ones, and those that look like documents, may hold others.
            if text.count < Self.shortestForeign { return true }
            return text.count < 24 && text[0] != UInt8(ascii: "{") && text[0] != UInt8(ascii: "[") && isKnownClean(text)
        }
    }

    /// Byte for byte the same text.
    static func sameText(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.withRawBytes { a in right.withRawBytes { $0.isEqual(to: a) } }
    }

    private static func isEmpty(_ value: JSONValue?) -> Bool { value.map { isEmpty($0) } ?? true }
    private static func isSame(_ left: JSONValue?, _ right: JSONValue?) -> Bool { sameText(left, right) || isEmpty(left) && isEmpty(right) }

    // MARK: Notes

    mutating func expect(_ reason: ExpectedReason) {
        reasons.append(reason)
        if keepsExpectations { expectations.append(Expectation(path: pathText, reason: reason)) }
    }

    mutating func differ(_ findingClass: FindingClass, _ left: JSONValue?, _ right: JSONValue?, _ node: AttributeNode, _ detail: String, external: Difference.External? = nil) {
        // Terraform writes every attribute that the provider's version knows: a key that is not there says nothing else.
        let isAbsent = (left == nil) != (right == nil) && embedding == 0 && (node.type.schema != nil || steps.count == 1) && isLastMember
        differ(findingClass, left.map(Self.text) ?? .absent, right.map(Self.text) ?? .absent, node, detail, external: external, isAbsent: isAbsent)
    }

    mutating func differ(_ findingClass: FindingClass, _ left: DriftValue, _ right: DriftValue, _ node: AttributeNode, _ detail: String, external: Difference.External? = nil, isAbsent: Bool = false) {
        let path = pathText
        let isMarked = node.isSecret || isMarkedSensitive(path)
        // Secrets of two sides may differ; that one side lacks an entry of a secret map is no matter of values.
        let lacksEntry = (left == .absent) != (right == .absent) && steps.count > 1
        let isSecret = isMarked && !lacksEntry && !isPlainParameter(node)
        let isMasked = isMarked || node.isSensitive || left.looksSecret || right.looksSecret
        differences.append(Difference(
            path: path, findingClass: isSecret && findingClass != .namesThePrimary ? .secret : findingClass, primary: isMasked && left != .absent ? .sensitive : left,
            dr: isMasked && right != .absent ? .sensitive : right, detail: isSecret ? "the values differ" : detail, isSecret: isSecret, external: isSecret ? nil : external, isAbsent: isAbsent, isHabit: detail.hasPrefix(Self.regionSetting)))
    }

    private var isLastMember: Bool {
        if case .member = steps.last { true } else { false }
    }

    /// The provider marks the value of every parameter, but only a SecureString is a secret.
    private func isPlainParameter(_ node: AttributeNode) -> Bool {
        guard node.type.name == "aws_ssm_parameter", node.path == "value" else { return false }
        return [context.primary.instances[mine].attributes, context.dr.instances[other].attributes].allSatisfy { $0?["type"]?.string?.hasPrefix("String") == true }
    }

    /// Whether the state marks the attribute, or a part of it, as sensitive.
    private mutating func isMarkedSensitive(_ path: String) -> Bool {
        let names = markedNames ?? Set((context.primary.instances[mine].source.sensitivePaths + context.dr.instances[other].source.sensitivePaths).compactMap { path in
            switch path.steps.first {
            case .attribute(let name), .key(let name): name
            case .index, nil: nil
            }
        })
        markedNames = names
        return !names.isEmpty && names.contains(String(path.prefix { $0 != "." && $0 != "[" }))
    }

    static func text(_ value: JSONValue) -> DriftValue {
        value.withRawBytes { bytes in
            let kept = bytes.count > DriftValue.longest ? bytes.part(0..<DriftValue.longest) : bytes
            return .text(String(decoding: kept, as: UTF8.self) + (bytes.count > kept.count ? "…" : ""))
        }
    }

    var pathText: String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let key): text += (text.isEmpty ? "" : ".") + key.string
            case .key(let key): text += "[" + HCLQuoting.quote(key.string) + "]"
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    // MARK: Trying without keeping

    struct Mark { var differences: Int; var reasons: Int; var expectations: Int; var externals: Int }

    var mark: Mark { Mark(differences: differences.count, reasons: reasons.count, expectations: expectations.count, externals: externalUses.count) }

    mutating func back(to mark: Mark) {
        differences.removeLast(differences.count - mark.differences)
        reasons.removeLast(reasons.count - mark.reasons)
        expectations.removeLast(expectations.count - mark.expectations)
        externalUses.removeLast(externalUses.count - mark.externals)
    }

    /// Whether two values correspond; leaves no trace when they do not.
    mutating func corresponds(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) -> Bool {
        let mark = mark
        compareValues(left, right, node)
        if differences.count == mark.differences { return true }
        back(to: mark)
        return false
    }
}
