internal import ProviderSchema

/// Every resource type of both stacks, numbered.
final class TypeCatalog {
    private let schema: ProviderSchema
    private var byName: [String: ResourceType] = [:]
    private(set) var types: [ResourceType] = []

    init(schema: ProviderSchema) { self.schema = schema }

    func type(_ name: String, isData: Bool) -> ResourceType {
        let key = isData ? "data." + name : name
        if let known = byName[key] { return known }
        let made = ResourceType(name: name, index: Int32(types.count), isData: isData, schema: schema)
        byName[key] = made
        types.append(made)
        return made
    }
}
