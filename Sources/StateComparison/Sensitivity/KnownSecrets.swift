public import StateJSON
public import TerraformState

/// The texts that states mark as sensitive: what must not be shown, wherever it stands.
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

    /// Collects sensitive outputs and the values of `sensitive_attributes`.
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
            for instance in resource.instances { found.add(markedIn: instance) }
        }
        for instance in instances { found.add(markedIn: instance) }
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

        mutating func add(markedIn instance: StateInstance) {
            let paths = instance.sensitivePaths
            guard !paths.isEmpty, let attributes = instance.attributes else { return }
            for value in MarkedPaths(paths).values(in: attributes) { add(value) }
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
