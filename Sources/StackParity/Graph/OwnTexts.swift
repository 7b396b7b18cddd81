internal import ProviderSchema
internal import StateJSON

/// Finds the texts by which others can refer to an instance.
enum OwnTexts {
    enum Kind { case own, computed, name }

    /// Shorter texts are too common to tell anybody apart.
    static let shortest = 3

    static func visit(_ attributes: JSONValue, type: ResourceType, _ found: (ByteText, Kind) -> Void) {
        var id: JSONValue?
        var arn: JSONValue?
        var index = 0
        for member in attributes.members {
            defer { index += 1 }
            let value = member.value
            let node = member.key.value.withDecodedBytes { type.root.child($0, at: index) }
            switch node.role {
            case .id: id = value
            case .arn: arn = value
            default: break
            }
        }
        index = 0
        for member in attributes.members {
            defer { index += 1 }
            let value = member.value
            let node = member.key.value.withDecodedBytes { type.root.child($0, at: index) }
            if value.isString {
                value.withDecodedBytes { text in
                    guard text.count >= shortest else { return }
                    switch node.role {
                    case .id, .arn: found(text, .own)
                    case .name: found(text, .name)
                    case .plain, .mirror, .counter:
                        if node.flags.isComputedOnly || (type.isData && (node.name.hasSuffix("_id") || node.name.hasSuffix("_arn"))) {
                            if isTelling(text) { found(text, .computed) }
                        } else if isOwnName(text, id: id, arn: arn) {
                            found(text, .name)
                        }
                    default: break
                    }
                }
            } else if type.computedInside.contains(node.name) || node.flags.isComputedOnly, !value.isScalar {
                visitInside(value, node: node, found)
            }
        }
    }

    /// Strings that the provider computed inside blocks: secret ARNs, volume ids, endpoints.
    private static func visitInside(_ value: JSONValue, node: AttributeNode, _ found: (ByteText, Kind) -> Void) {
        if value.isString {
            guard node.flags.isComputedOnly else { return }
            value.withDecodedBytes { text in if text.count >= 8, isTelling(text), TextShape.isMachineMade(text) { found(text, .computed) } }
        } else if value.isArray {
            for element in value.elements { visitInside(element, node: node, found) }
        } else if value.isObject {
            var index = 0
            for member in value.members {
                visitInside(member.value, node: member.key.value.withDecodedBytes { node.child($0, at: index) }, found)
                index += 1
            }
        }
    }

    /// Whether a text that is not computed is still the object's own name: its id says so, or its ARN ends with it.
    static func isOwnName(_ text: ByteText, id: JSONValue?, arn: JSONValue?) -> Bool {
        if let id, id.equals(text) { return true }
        guard let arn, arn.isString else { return false }
        return arn.withDecodedBytes { arn in
            guard arn.count > text.count + 1 else { return false }
            let start = arn.count - text.count
            let before = arn[start - 1]
            return (before == UInt8(ascii: ":") || before == UInt8(ascii: "/")) && arn.part(start..<arn.count).isEqual(to: text)
        }
    }

    /// Not a state word like `available`, a number, a date.
    static func isTelling(_ text: ByteText) -> Bool {
        guard text.count >= 6, !TextShape.isTimestamp(text) else { return false }
        var digits = 0
        var others = false
        for byte in text {
            if byte.isDigit { digits += 1 } else { others = true }
        }
        if !others { return digits >= 9 }
        return digits > 0 || text.contains(UInt8(ascii: "/")) || text.contains(UInt8(ascii: ":")) || text.contains(UInt8(ascii: "."))
    }
}
