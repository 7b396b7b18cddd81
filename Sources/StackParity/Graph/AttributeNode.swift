internal import ProviderSchema
internal import SecretDetection

/// One attribute or block of a resource type: its flags, its role, and the attributes inside it.
///
/// Made when first met, one per type, path and worker, so that the comparison never looks into the schema's dictionary.
final class AttributeNode {
    /// What a top-level attribute tells about its object as a whole.
    enum Fact: UInt8 {
        case nothing, arn, region, location, zone, tags
    }

    let name: String
    let path: String
    let type: ResourceType
    let flags: AttributeFlags
    let role: AttributeRole
    let fact: Fact
    /// A text here was chosen by the provider, or looked up by it: others may refer to the object by it.
    let isComputedText: Bool
    /// The resource types that say the same as this attribute, which then is a mere copy; empty: it always is one.
    let mirrored: [String]
    /// Never to be shown: marked so by the schema, or named like a secret.
    private(set) lazy var isSensitive: Bool = isMarked || (parent?.isSensitive ?? false) || SecretName.isSecret(name)
    /// Its value is a secret by the schema's word, or by its name where no schema speaks.
    private(set) lazy var isSecret: Bool = isMarked || (parent?.isSecret ?? false) || (type.schema == nil && SecretName.isSecret(name))
    /// By the schema, or because it is a secret wherever it stands.
    private var isMarked: Bool {
        flags.contains(.sensitive) || flags.contains(.writeOnly) || parent == nil && SecretAttribute.isSecret(type: type.name, name: name)
    }

    private unowned let parent: AttributeNode?
    private var children: [(key: [UInt8], node: AttributeNode)] = []
    private var byKey: [String: AttributeNode] = [:]

    init(name: String, path: String, type: ResourceType, parent: AttributeNode?) {
        self.name = name
        self.path = path
        self.type = type
        self.parent = parent
        flags = Self.flags(name: name, path: path, type: type, parent: parent)
        role = parent == nil ? TypeKnowledge.role(of: name, in: type, flags: flags) : TypeKnowledge.nestedRole(of: path, name: name, in: type, flags: flags)
        fact = parent == nil ? Self.fact(name, role) : .nothing
        isComputedText = flags.isComputedOnly || type.isData && (name.hasSuffix("_id") || name.hasSuffix("_arn"))
        mirrored = parent == nil ? TypeKnowledge.mirrors[type.name]?.first { $0.attribute == name }?.of ?? [] : []
    }

    private static func flags(name: String, path: String, type: ResourceType, parent: AttributeNode?) -> AttributeFlags {
        var flags = type.schema?[path] ?? []
        // What stands inside a deprecated or computed block is deprecated or computed too.
        if let parent {
            if parent.flags.contains(.deprecated), !TypeKnowledge.isMirrored(parent.path, in: type) { flags.insert(.deprecated) }
            if parent.flags.isComputedOnly { flags.insert(.computed); flags.remove(.optional) }
            if parent.flags.contains(.computed), parent.flags.contains(.optional), flags.isEmpty { flags = [.computed, .optional] }
        }
        if type.schema == nil, parent == nil, GenericKnowledge.computedNames.contains(name) || type.name.hasPrefix("time_") && !name.hasPrefix("rotation_") && name != "triggers" { flags.insert(.computed) }
        if type.schema == nil, let parent, parent.name == "metadata", GenericKnowledge.computedNames.contains(name) { flags.insert(.computed) }
        if type.schema == nil, ExportedAttributes.contain(path, of: type.name) { flags.insert(.computed) }
        if parent != nil, TypeKnowledge.chosenInside.contains("\(type.name).\(path)") { flags.insert(.computed) }
        return flags
    }

    private static func fact(_ name: String, _ role: AttributeRole) -> Fact {
        switch name {
        case "arn": .arn
        case "region": .region
        case "location": .location
        case "availability_zone": .zone
        default: role == .tags || role == .allTags ? .tags : .nothing
        }
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
