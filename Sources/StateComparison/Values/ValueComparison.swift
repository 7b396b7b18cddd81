import StateJSON
import TerraformState

/// Walks two values and notes the smallest parts that differ.
///
/// Null and absent are the same: a provider upgrade adds attributes as null. Texts that are both JSON are compared as
/// JSON. What lies deeper than ``deepest`` levels is compared as a whole, so that neither the thread's stack nor the
/// lengths of the paths depend on what somebody nested into a state; each level looks at each part a bounded number of
/// times.
struct ValueComparison {
    /// Providers' schemas nest less than 20 levels.
    static let deepest = 64

    let collections: CollectionKind
    private(set) var differences: [ValueDifference] = []
    /// Where the walk is.
    private var path: [AttributePath.Step] = []

    init(collections: CollectionKind) {
        self.collections = collections
    }

    mutating func compare(_ before: JSONValue?, _ after: JSONValue?, at start: [AttributePath.Step]) {
        path = start
        walk(before, after, levels: Self.deepest)
    }

    /// - Parameter names: how the members of an object are called that stands here.
    private mutating func walk(_ before: JSONValue?, _ after: JSONValue?, levels: Int, names: MemberNames = .byPlace) {
        guard let old = before?.nonNull, let new = after?.nonNull else {
            if before?.nonNull != nil || after?.nonNull != nil { note(before, after) }
            return
        }
        if old.hasEqualBytes(as: new) { return }
        switch (old.kind, new.kind) {
        case (.object, .object) where levels > 0:
            walkObjects(old, new, levels: levels - 1, names: names)
        case (.array, .array) where levels > 0:
            walkArrays(old, new, levels: levels - 1)
        case (.string, .string) where levels > 0:
            walkTexts(old, new, levels: levels - 1)
        default:
            if !old.isEqual(to: new) { note(old, new) }
        }
    }

    private mutating func note(_ before: JSONValue?, _ after: JSONValue?) {
        differences.append(ValueDifference(path: path, before: before?.nonNull, after: after?.nonNull))
    }

    private mutating func walk(_ before: JSONValue?, _ after: JSONValue?, below step: AttributePath.Step, levels: Int, names: MemberNames = .byPlace) {
        path.append(step)
        walk(before, after, levels: levels, names: names)
        path.removeLast()
    }

    private mutating func walkObjects(_ old: JSONValue, _ new: JSONValue, levels: Int, names: MemberNames) {
        let oldMembers = MemberIndex(old), newMembers = MemberIndex(new)
        for member in oldMembers.members {
            let other = newMembers[member.key]
            if let other, member.value.hasEqualBytes(as: other) { continue }
            let isObjects = member.value.isObject && other?.isObject == true
            walk(member.value, other, below: names.step(to: member.key.string, below: path.last), levels: levels, names: isObjects ? names : .byPlace)
        }
        for member in newMembers.members where !member.value.isNull && oldMembers[member.key] == nil {
            walk(nil, member.value, below: names.step(to: member.key.string, below: path.last), levels: levels)
        }
    }

    private mutating func walkTexts(_ old: JSONValue, _ new: JSONValue, levels: Int) {
        if old.isEqual(to: new) { return }
        guard let oldDocument = old.embeddedJSON, let newDocument = new.embeddedJSON else { return note(old, new) }
        // Inside a JSON text arrays are lists.
        var inner = ValueComparison(collections: .untyped)
        inner.path = path
        inner.walk(oldDocument, newDocument, levels: levels, names: .own)
        differences += inner.differences
    }

    private mutating func walkArrays(_ old: JSONValue, _ new: JSONValue, levels: Int) {
        let alignment = ArrayAlignment(old: Array(old.elements), new: Array(new.elements), isSet: collections.isSet(at: path))
        for pair in alignment.pairs { walk(pair.before, pair.after, below: .index(pair.index), levels: levels) }
    }
}

extension JSONValue {
    fileprivate var nonNull: JSONValue? { isNull ? nil : self }

    /// The document inside a text that is a JSON object or array; nil for every other text.
    var embeddedJSON: JSONValue? {
        let opens = withDecodedBytes { bytes in
            bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        }
        guard opens == UInt8(ascii: "{") || opens == UInt8(ascii: "[") else { return nil }
        return try? JSONDocument(parsing: withDecodedBytes { StateBytes($0) }).root
    }
}
