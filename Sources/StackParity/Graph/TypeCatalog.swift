internal import ProviderSchema
internal import Synchronization

/// Every resource type of both stacks, numbered.
final class TypeCatalog: Sendable {
    private let schema: ProviderSchema
    private let byName = Mutex<[String: ResourceType]>([:])

    init(schema: ProviderSchema) { self.schema = schema }

    func type(_ name: String, isData: Bool) -> ResourceType {
        let key = isData ? "data." + name : name
        return byName.withLock { types in
            if let known = types[key] { return known }
            let made = ResourceType(name: name, index: Int32(types.count), isData: isData, schema: schema)
            types[key] = made
            return made
        }
    }
}
