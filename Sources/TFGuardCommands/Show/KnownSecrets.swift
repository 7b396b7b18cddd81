import StateJSON
import TerraformState

/// The strings that a state marks as sensitive somewhere: the same text elsewhere in it is as secret.
struct KnownSecrets {
    private var texts = Set<String>()

    init() {}

    init(in state: TerraformState) {
        for output in state.outputs where output.isSensitive { output.value.map { gather($0) } }
        for instance in state.instances {
            guard let attributes = instance.attributes else { continue }
            for path in instance.sensitivePaths { path.value(in: attributes).map { gather($0) } }
        }
    }

    func contains(_ text: String) -> Bool { texts.contains(text) }

    /// Short strings (`on`, `1`) would mask half of everything.
    private mutating func gather(_ value: JSONValue) {
        switch value.kind {
        case .string: if let text = value.string, text.utf8.count >= 6 { texts.insert(text) }
        case .array: for element in value.elements { gather(element) }
        case .object: for member in value.members { gather(member.value) }
        case .null, .bool, .number: break
        }
    }
}
