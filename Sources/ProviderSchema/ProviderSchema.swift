public import StateJSON

/// What is known of provider attributes: which are computed, sensitive, sets, deprecated.
///
/// The AWS provider's table (5.100.0) is built in; a user's own `terraform providers schema -json` file extends or replaces
/// it. Everything that uses a schema also works with `ProviderSchema.none`, with more to read in the result.
public struct ProviderSchema: Sendable {
    private var tables: [SchemaTable]

    /// Knows nothing.
    public static let none = ProviderSchema(tables: [])
    /// The AWS provider as of 5.100.0, compiled into the program.
    public static let builtIn = ProviderSchema(tables: [SchemaTable(storage: .literal(BuiltInTable.text))])

    /// Reads the output of `terraform providers schema -json`: any provider, any number of them.
    ///
    /// - Throws: `ProviderSchemaError` when the bytes are not that document.
    public static func load(providersSchemaJSON bytes: StateBytes) throws(ProviderSchemaError) -> ProviderSchema {
        ProviderSchema(tables: [SchemaTable(storage: .bytes(try SchemaExtraction(bytes).tableText()))])
    }

    /// The committed table's text for a `terraform providers schema -json` document; what `update-provider-schema` writes.
    public static func tableText(providersSchemaJSON bytes: StateBytes) throws(ProviderSchemaError) -> [UInt8] {
        try SchemaExtraction(bytes).tableText()
    }

    /// This schema, with every type that `newer` knows taken from there.
    public func extended(by newer: ProviderSchema) -> ProviderSchema {
        ProviderSchema(tables: newer.tables + tables)
    }

    /// The flags of a managed resource type.
    /// - Returns: nil when no table knows the type.
    public func resourceType(_ name: String) -> ResourceTypeSchema? {
        for table in tables {
            if let type = table.resourceType(name) { return type }
        }
        return nil
    }

    /// The flags of a data source; the tables keep only sensitive ones, since all else is computed.
    public func dataSource(_ name: String) -> ResourceTypeSchema? { resourceType("data.\(name)") }
}
