internal import SecretDetection
public import StateJSON
public import TerraformState

/// The texts that states mark as sensitive, or that are secrets by their resource type: what must not be shown, wherever it
/// stands.
///
/// States copy secrets into `terraform_data`, user data, outputs and descriptions without marking the copy; who shows
/// texts of a state looks here first.
public struct KnownSecrets: Sendable {
    private let search: TextSearch
    public let isEmpty: Bool

    /// Shorter texts (`true`, `admin`) would hide what is no secret.
    private static let shortest = 6
    /// Bounds on the memory for them; more and longer secrets than this are only found where they are marked.
    private static let most = 4_096, mostBytes = 1 << 22

    /// Collects sensitive outputs, the values of `sensitive_attributes`, and those of `SecretAttribute`.
    public init(of states: [TerraformState]) {
        self.init(outputsOf: states, resources: states.lazy.map(\.resources).joined(), instances: [])
    }

    /// The same for chosen resources and instances: two versions of a state have nearly all of theirs in common.
    init(outputsOf states: [TerraformState], resources: some Sequence<StateResource>, instances: [StateInstance]) {
        var found = Collection()
        for state in states {
            for output in state.outputs where output.isSensitive { found.add(output.value) }
        }
        for resource in resources {
            let always = SecretAttribute.names(of: resource.type)
            for instance in resource.instances { found.add(secretsOf: instance, always) }
        }
        for instance in instances { found.add(secretsOf: instance, SecretAttribute.names(of: instance.resource.type)) }
        isEmpty = found.texts.isEmpty
        search = TextSearch(found.texts)
    }

    /// Whether the text is, or holds, one of them.
    public func occur(in text: String) -> Bool {
        guard !isEmpty else { return false }
        var text = text
        return text.withUTF8 { search.occurs(in: $0) }
    }

    /// Whether a text anywhere in the value is, or holds, one of them.
    public func occur(in value: JSONValue) -> Bool {
        !isEmpty && value.nested.contains { $0.value.isString && $0.value.withDecodedBytes { search.occurs(in: $0) } }
    }

    private struct Collection {
        var texts: Set<String> = []
        private var bytes = 0

        /// - Parameter always: the attributes that are secrets in all instances of the type.
        mutating func add(secretsOf instance: StateInstance, _ always: [String]) {
            let paths = instance.sensitivePaths
            if !paths.isEmpty, let attributes = instance.attributes {
                for value in MarkedPaths(paths).values(in: attributes) { add(value) }
            }
            guard !always.isEmpty, let attributes = instance.attributeValues else { return }
            for member in attributes.members where instance.isSecretAttribute(member.key.string) {
                // Blocks of names and values, as Helm has them: the names are no secrets.
                let values = member.value.elements.compactMap { $0["name"] == nil ? nil : $0["value"] }
                if values.isEmpty { add(member.value) } else { values.forEach { add($0) } }
            }
        }

        mutating func add(_ value: JSONValue?) {
            guard let value else { return }
            for (_, part) in value.nested {
                guard let text = part.string, text.utf8.count >= KnownSecrets.shortest else { continue }
                guard texts.count < KnownSecrets.most, bytes + text.utf8.count <= KnownSecrets.mostBytes else { continue }
                if texts.insert(text).inserted { bytes += text.utf8.count }
            }
        }
    }
}
