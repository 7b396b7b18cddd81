internal import ProviderSchema
internal import StateJSON

extension Comparator {
    mutating func compareOptional(_ left: JSONValue?, _ right: JSONValue?, _ node: AttributeNode) {
        switch (left, right) {
        case (let left?, let right?): compareValues(left, right, node)
        case (let left?, nil): if !Self.isEmpty(left), !Self.isFalse(left) { differ(.changed, left, nil, node, "only the primary has it") } else { expectEmpty(left) }
        case (nil, let right?): if !Self.isEmpty(right), !Self.isFalse(right) { differ(.changed, nil, right, node, "only DR has it") } else { expectEmpty(right) }
        case (nil, nil): break
        }
    }

    private mutating func expectEmpty(_ value: JSONValue) {
        if !value.isNull { expect(.empty) }
    }

    mutating func compareValues(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) {
        if left.isString, right.isString { return compareStrings(left, right, node) }
        if left.isArray, right.isArray { return compareArrays(left, right, node) }
        if left.isObject, right.isObject { return compareObjects(left, right, node) }
        if Self.sameText(left, right) { return }
        if node.role == .counter, Self.isCount(left), Self.isCount(right) { return expect(.counter) }
        if left.isScalar, right.isScalar, Self.plainText(left) == Self.plainText(right) { return expect(.empty) }
        let leftEmpty = Self.isEmpty(left), rightEmpty = Self.isEmpty(right)
        if leftEmpty && rightEmpty || leftEmpty && Self.isFalse(right) || rightEmpty && Self.isFalse(left) { return expect(.empty) }
        if leftEmpty || rightEmpty, node.flags.contains(.computed), isLate(leftEmpty ? right : left) { return expect(.computed) }
        if left.kind == .number, right.kind == .number, let a = left.numberText.flatMap(Double.init), let b = right.numberText.flatMap(Double.init), a == b { return expect(.empty) }
        let detail = leftEmpty ? "the primary has none" : rightEmpty ? "DR has none" : "differs"
        differ(.changed, left, right, node, detail)
    }

    /// A number, written as one or as text; a word such as `$Latest` is a choice.
    static func isCount(_ value: JSONValue?) -> Bool {
        guard let value, value.isString else { return value?.isScalar ?? true }
        return value.withDecodedBytes { isCount($0) }
    }

    static func isCount(_ text: ByteText) -> Bool { text.allSatisfy(\.isDigit) || TextShape.isMachineMade(text) || TextShape.isTimestamp(text) }

    /// An id that a refresh brings later: an interface, an association, an allocation.
    private func isLate(_ value: JSONValue) -> Bool {
        guard value.isString else { return false }
        return value.withDecodedBytes { TextShape.isShortID($0) }
    }

    private static func plainText(_ value: JSONValue) -> String? {
        switch value.kind {
        case .string: value.string.flatMap { $0.isEmpty ? nil : $0 }
        case .number: value.numberText
        case .bool: value.bool.map { $0 ? "true" : "false" }
        default: nil
        }
    }

    /// Null, an empty text, or a collection of nothing but these.
    static func isEmpty(_ value: JSONValue) -> Bool {
        if value.isScalar { return value.isNull || value.isString && value.equals("") }
        return value.count == 0 || value.nested.allSatisfy { !$0.value.isScalar || isEmpty($0.value) }
    }

    /// What a provider writes for nothing: false, zero, and collections of them.
    static func isFalse(_ value: JSONValue) -> Bool {
        switch value.kind {
        case .null: false
        case .bool: value.bool == false
        case .number: value.numberText == "0"
        case .string: value.equals("0") || value.equals("false")
        case .array, .object: value.count == 0 || value.nested.allSatisfy { !$0.value.isScalar || isEmpty($0.value) || isFalse($0.value) }
        }
    }

    // MARK: Objects

    mutating func compareObjects(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) {
        if node.role == .tags || node.role == .allTags, !steps.isEmpty, node.path.contains(".") { return compareTags(left, right, node, except: nil, nil) }
        let isMap = node.flags.contains(.map)
        let hasKeys = isMap || isKeyedByPlace
        if let name = left["name"], name.isString, left["value"]?.isString == true, RoleWords.nameASide(name.string ?? "") {
            isNamedForSide = true
        }
        defer { isNamedForSide = false }
        let tagKey = Self.tagKey(left, right)
        var theirs = MemberSearch(right)
        // Members of the same names in the same order need no second look.
        var renamed: [String: String]?
        var place = 0
        for member in left.members {
            defer { place += 1 }
            var counterpart = theirs.next(member.key)
            if let counterpart, isPlainlySame(member.value, counterpart) { continue }
            steps.append(hasKeys ? .key(member.key) : .member(member.key))
            defer { steps.removeLast() }
            let child = embedding > 0 || isMap ? node : member.key.value.withDecodedBytes { node.child($0, at: place) }
            if child.role == .mirror, child !== node { continue }
            if counterpart == nil, isMap || embedding > 0 || node.flags.isEmpty {
                let names = renamed ?? correspondingKeys(left, right, node)
                renamed = names
                counterpart = names[member.key.string].flatMap { right[$0] }
            }
            if child.flags.isComputedOnly, embedding == 0 {
                if !Self.sameText(member.value, counterpart) { expect(.computed) }
                continue
            }
            if let tagKey, member.key.equals("value"), let counterpart, isTagReplacement(tagKey, member.value, counterpart) {
                expect(.tag)
                continue
            }
            compareOptional(member.value, counterpart, child)
        }
        if theirs.isAtEnd { return }
        let taken = Set((renamed ?? [:]).values)
        var mine = MemberSearch(left)
        for member in right.members where mine.next(member.key) == nil && (taken.isEmpty || !taken.contains(member.key.string)) {
            steps.append(hasKeys ? .key(member.key) : .member(member.key))
            let child = embedding > 0 || isMap ? node : member.key.value.withDecodedBytes { node.child($0, at: Int.max) }
            if !(child.flags.isComputedOnly && embedding == 0), child.role != .mirror || child === node { compareOptional(nil, member.value, child) }
            steps.removeLast()
        }
    }

    /// Whether an object's members are printed as the keys of a map.
    ///
    /// A state does not tell maps from blocks. Blocks stand in lists: an object that is itself an attribute's value is nearly
    /// always a map, but for `timeouts`.
    private var isKeyedByPlace: Bool {
        guard embedding == 0, let step = steps.last else { return false }
        switch step {
        case .member(let key): return !key.equals("timeouts")
        case .key: return true
        case .index: return false
        }
    }

    /// Keys that are texts of their side, such as an issuer's URL in a policy's condition: the primary's to DR's.
    private func correspondingKeys(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) -> [String: String] {
        var theirs = MemberSearch(right), ours = MemberSearch(left)
        let mine = left.members.filter { theirs.next($0.key) == nil }.map(\.key)
        guard !mine.isEmpty else { return [:] }
        var others = right.members.filter { ours.next($0.key) == nil }.map(\.key)
        guard !others.isEmpty, mine.count * others.count <= 400 else { return [:] }
        var pairs: [String: String] = [:]
        for key in mine {
            let found = others.firstIndex { other in
                key.value.withDecodedBytes { a in
                    other.value.withDecodedBytes { b in if case .expected = judge(a, b, node) { true } else { false } }
                }
            }
            if let found { pairs[key.string] = others.remove(at: found).string }
        }
        return pairs
    }

    /// The key of a block such as `tag { key = "Team" value = "web" }`.
    private static func tagKey(_ left: JSONValue, _ right: JSONValue) -> JSONValue? {
        guard let key = left["key"], key.isString, left["value"]?.isString == true, let other = right["key"], sameText(key, other) else { return nil }
        return key
    }

    // MARK: Tags

    mutating func compareTags(_ left: JSONValue?, _ right: JSONValue?, _ node: AttributeNode, except known: JSONValue?, _ knownRight: JSONValue?) {
        if Self.sameText(left, right) { return }
        let left = left ?? Self.nothing, right = right ?? Self.nothing
        var theirs = MemberSearch(right), told = MemberSearch(known ?? Self.nothing), toldRight = MemberSearch(knownRight ?? Self.nothing)
        for member in left.members {
            let other = theirs.next(member.key)
            if told.next(member.key) != nil || toldRight.next(member.key) != nil { continue }
            steps.append(.key(member.key))
            compareTag(member.key.value, member.value, other, node)
            steps.removeLast()
        }
        var ours = MemberSearch(left)
        for member in right.members where ours.next(member.key) == nil {
            if told.next(member.key) != nil || toldRight.next(member.key) != nil { continue }
            steps.append(.key(member.key))
            compareTag(member.key.value, nil, member.value, node)
            steps.removeLast()
        }
    }

    private mutating func compareTag(_ key: JSONValue, _ left: JSONValue?, _ right: JSONValue?, _ node: AttributeNode) {
        if Self.sameText(left, right) { return }
        if let left, let right, isTagReplacement(key, left, right) { return expect(.tag) }
        if (left == nil || right == nil), isTagFact(key, left, right) { return expect(.tag) }
        if key.equals("Name") || key.equals("name"), left != nil, right != nil { return expect(.name) }
        compareOptional(left, right, node)
    }

    private func isTagReplacement(_ key: JSONValue, _ left: JSONValue, _ right: JSONValue) -> Bool {
        guard left.isString, right.isString, !Self.sameText(left, right) else { return false }
        if isTagFact(key, left, right) { return true }
        return RoleWords.areOpposed(left.string ?? "", right.string ?? "") && RoleWords.isRoleKey(key.string ?? "")
    }

    private func isTagFact(_ key: JSONValue, _ left: JSONValue?, _ right: JSONValue?) -> Bool {
        func symbol(_ value: JSONValue?) -> Symbol { value.map { $0.withDecodedBytes { context.index.symbols.find($0) } } ?? .none }
        return context.learned.tags.isFact(.init(key: symbol(key), primary: symbol(left), dr: symbol(right)))
    }

    static let nothing: JSONValue = {
        guard let document = try? JSONDocument(parsing: StateBytes(Array("{}".utf8))) else { preconditionFailure("an empty object is JSON") }
        return document.root
    }()
}
