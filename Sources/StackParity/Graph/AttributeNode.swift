internal import ProviderSchema
internal import SecretDetection

/// One attribute or block of a resource type: its flags, its role, and the attributes inside it.
///
/// Made when first met, one per type and path, so that the comparison never looks into the schema's dictionary.
final class AttributeNode {
    let name: String
    let path: String
    let type: ResourceType
    let flags: AttributeFlags
    let role: AttributeRole
    /// Never to be shown: marked so by the schema, or named like a secret.
    let isSensitive: Bool
    /// Its value is a secret by the schema's word, or by its name where no schema speaks.
    let isSecret: Bool
    private var children: [(key: [UInt8], node: AttributeNode)] = []
    private var byKey: [String: AttributeNode] = [:]

    init(name: String, path: String, type: ResourceType, parent: AttributeNode?) {
        self.name = name
        self.path = path
        self.type = type
        var flags = type.schema?[path] ?? []
        // What stands inside a deprecated or computed block is deprecated or computed too.
        if let parent {
            if parent.flags.contains(.deprecated), !TypeKnowledge.isMirrored(parent.path, in: type) { flags.insert(.deprecated) }
            if parent.flags.isComputedOnly { flags.insert(.computed); flags.remove(.optional) }
            if parent.flags.contains(.computed), parent.flags.contains(.optional), flags.isEmpty { flags = [.computed, .optional] }
        }
        if type.schema == nil, parent == nil, GenericKnowledge.computedNames.contains(name) || type.name.hasPrefix("time_") && !name.hasPrefix("rotation_") && name != "triggers" { flags.insert(.computed) }
        if type.schema == nil, let parent, parent.name == "metadata", GenericKnowledge.computedNames.contains(name) { flags.insert(.computed) }
        if TypeKnowledge.chosenInside.contains("\(type.name).\(path)") { flags.insert(.computed) }
        self.flags = flags
        role = parent == nil ? TypeKnowledge.role(of: name, in: type, flags: flags) : TypeKnowledge.nestedRole(of: path, name: name, in: type, flags: flags)
        let isMarked = (parent?.isSecret ?? false) || flags.contains(.sensitive) || flags.contains(.writeOnly)
        isSecret = isMarked || (type.schema == nil && SecretName.isSecret(name))
        isSensitive = (parent?.isSensitive ?? false) || flags.contains(.sensitive) || flags.contains(.writeOnly) || SecretName.isSecret(name)
    }

    /// The node of the member named by `key`, which was met at place `index` before.
    func child(_ key: ByteText, at index: Int) -> AttributeNode {
        if index < children.count, children[index].key.withUnsafeBufferPointer({ $0.isEqual(to: key) }) { return children[index].node }
        let name = String(decoding: key, as: UTF8.self)
        if let known = byKey[name] { return known }
        let made = AttributeNode(name: name, path: path.isEmpty ? name : "\(path).\(name)", type: type, parent: path.isEmpty ? nil : self)
        byKey[name] = made
        if index == children.count { children.append((Array(key), made)) }
        return made
    }
}
