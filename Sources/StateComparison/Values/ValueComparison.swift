import StateJSON
import TerraformState

/// Walks two values and notes the smallest parts that differ.
///
/// Null and absent are the same: a provider upgrade adds attributes as null. Texts that are both JSON are compared as
/// JSON. The depth is bounded by the parser's nesting limit.
struct ValueComparison {
    let collections: CollectionKind
    private(set) var differences: [ValueDifference] = []

    init(collections: CollectionKind) {
        self.collections = collections
    }

    mutating func compare(_ before: JSONValue?, _ after: JSONValue?, at path: [AttributePath.Step]) {
        guard let old = before?.nonNull, let new = after?.nonNull else {
            if before?.nonNull != nil || after?.nonNull != nil { note(before, after, at: path) }
            return
        }
        switch (old.kind, new.kind) {
        case (.object, .object):
            compareObjects(old, new, at: path)
        case (.array, .array):
            if old.isEqual(to: new) { return }
            compareArrays(old, new, at: path)
        case (.string, .string):
            compareTexts(old, new, at: path)
        default:
            if !old.isEqual(to: new) { note(before, after, at: path) }
        }
    }

    private mutating func note(_ before: JSONValue?, _ after: JSONValue?, at path: [AttributePath.Step]) {
        differences.append(ValueDifference(path: path, before: before?.nonNull, after: after?.nonNull))
    }

    private mutating func compareObjects(_ old: JSONValue, _ new: JSONValue, at path: [AttributePath.Step]) {
        for member in old.members {
            let other = new[member.key.string]
            if let other, member.value.hasSameText(as: other) { continue }
            compare(member.value, other, at: path + [Self.step(to: member.key.string, below: path)])
        }
        for member in new.members where !member.value.isNull {
            let key = member.key.string
            if old[key] == nil { note(nil, member.value, at: path + [Self.step(to: key, below: path)]) }
        }
    }

    /// Maps print as `tags["Name"]`, blocks as `ingress[0].from_port`.
    ///
    /// A state does not tell the two apart. Attributes at the top and members of array elements are named by the schema;
    /// an object that is itself an attribute's value is nearly always a map (`timeouts` is the known exception).
    private static func step(to key: String, below path: [AttributePath.Step]) -> AttributePath.Step {
        switch path.last {
        case .attribute(let parent)? where parent != "timeouts": .key(key)
        case .key?: .key(key)
        default: .attribute(key)
        }
    }

    private mutating func compareTexts(_ old: JSONValue, _ new: JSONValue, at path: [AttributePath.Step]) {
        if old.isEqual(to: new) { return }
        guard let oldDocument = old.embeddedJSON, let newDocument = new.embeddedJSON else { return note(old, new, at: path) }
        // Inside a JSON text the members have their own names and arrays are lists.
        var inner = ValueComparison(collections: .untyped)
        inner.compareEmbedded(oldDocument, newDocument, at: path)
        differences += inner.differences
    }

    private mutating func compareEmbedded(_ old: JSONValue, _ new: JSONValue, at path: [AttributePath.Step]) {
        guard old.kind == .object, new.kind == .object else { return compare(old, new, at: path) }
        let keys = old.members.map(\.key.string) + new.members.map(\.key.string).filter { old[$0] == nil }
        for key in keys { compareEmbeddedMember(old[key], new[key], at: path + [.attribute(key)]) }
    }

    private mutating func compareEmbeddedMember(_ old: JSONValue?, _ new: JSONValue?, at path: [AttributePath.Step]) {
        if let old, let new, old.kind == .object, new.kind == .object { return compareEmbedded(old, new, at: path) }
        compare(old, new, at: path)
    }

    private mutating func compareArrays(_ old: JSONValue, _ new: JSONValue, at path: [AttributePath.Step]) {
        let alignment = ArrayAlignment(old: Array(old.elements), new: Array(new.elements), isSet: collections.isSet(at: path))
        for pair in alignment.pairs {
            compare(pair.before, pair.after, at: path + [.index(pair.index)])
        }
    }
}

extension JSONValue {
    fileprivate var nonNull: JSONValue? { isNull ? nil : self }

    fileprivate func hasSameText(as other: JSONValue) -> Bool {
        guard rawRange.count == other.rawRange.count else { return false }
        return withRawBytes { left in other.withRawBytes { left.elementsEqual($0) } }
    }

    /// The document inside a text that is a JSON object or array; nil for every other text.
    var embeddedJSON: JSONValue? {
        let opens = withDecodedBytes { bytes in
            bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        }
        guard opens == UInt8(ascii: "{") || opens == UInt8(ascii: "[") else { return nil }
        return try? JSONDocument(parsing: withDecodedBytes { StateBytes($0) }).root
    }
}
