import ProviderSchema
import StateComparison
import Synchronization
import TerraformState

/// What a provider schema tells a diff: which arrays are sets, which attributes are sensitive.
final class SchemaKnowledge: AttributeKnowledge {
    private let schema: ProviderSchema
    /// Looking a type up costs a search and a dictionary; states have few types and many instances.
    private let types = Mutex<[String: ResourceTypeSchema?]>([:])

    init(_ schema: ProviderSchema) {
        self.schema = schema
    }

    func isSet(type: String, mode: ResourceMode?, path: AttributePath) -> Bool? {
        guard let flags = self.type(type, mode)?[Self.schemaPath(path.steps)] else { return nil }
        if flags.contains(.set) { return true }
        return flags.contains(.list) ? false : nil
    }

    func isSensitive(type: String, mode: ResourceMode?, path: AttributePath) -> Bool {
        guard let type = self.type(type, mode) else { return false }
        // A mark on a block covers what is in it.
        return path.steps.indices.contains { type[Self.schemaPath(path.steps[...$0])]?.contains(.sensitive) == true }
    }

    private func type(_ name: String, _ mode: ResourceMode?) -> ResourceTypeSchema? {
        let key = mode == .data ? "data.\(name)" : name
        return types.withLock { types in
            if let known = types[key] { return known }
            let found = mode == .data ? schema.dataSource(name) : schema.resourceType(name)
            types[key] = .some(found)
            return found
        }
    }

    /// Names joined by dots, without indexes, as the schema's table has them.
    private static func schemaPath(_ steps: some Sequence<AttributePath.Step>) -> String {
        steps.compactMap { step in
            switch step {
            case .attribute(let name), .key(let name): name
            case .index: nil
            }
        }.joined(separator: ".")
    }
}
