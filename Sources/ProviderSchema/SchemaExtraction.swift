internal import StateJSON

/// Turns a `terraform providers schema -json` document into the text of a `SchemaTable`.
///
/// Source: https://developer.hashicorp.com/terraform/cli/commands/providers/schema (format_version 0.x and 1.x). Kept are
/// attributes and blocks that are computed, sensitive, sets, deprecated or write-only; of data sources only sensitive ones.
struct SchemaExtraction {
    /// Deeper blocks (recursive ones of WAF and QuickSight) say nothing that comparing needs.
    private static let deepestLevel = 6

    private let document: JSONDocument

    init(_ bytes: StateBytes) throws(ProviderSchemaError) {
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw ProviderSchemaError(reason: .syntax("\(error)"))
        }
        if let version = document.root["format_version"]?.string, !version.hasPrefix("0."), !version.hasPrefix("1.") {
            throw ProviderSchemaError(reason: .unsupportedFormatVersion(version))
        }
    }

    func tableText() throws(ProviderSchemaError) -> [UInt8] {
        guard let providers = document.root["provider_schemas"], providers.isObject else {
            throw ProviderSchemaError(reason: .missingKey("provider_schemas"))
        }
        var lines: [String: String] = [:]
        for provider in providers.members {
            for (name, schema) in provider.value.namedMembers("resource_schemas") {
                lines[name] = line(of: schema, sensitiveOnly: false) ?? ""
            }
            for (name, schema) in provider.value.namedMembers("data_source_schemas") {
                guard let entries = line(of: schema, sensitiveOnly: true), !entries.isEmpty else { continue }
                lines["data." + name] = entries
            }
        }
        let names = lines.keys.filter(Self.isPlain).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var text: [UInt8] = []
        for name in names { text += Array("\(name)\t\(lines[name] ?? "")\n".utf8) }
        return text
    }

    private func line(of schema: JSONValue, sensitiveOnly: Bool) -> String? {
        guard let block = schema["block"] else { return nil }
        var entries: [(path: String, flags: AttributeFlags)] = []
        collect(block, prefix: "", level: 1, sensitiveOnly: sensitiveOnly, into: &entries)
        entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        return entries.map { "\($0.path)=\($0.flags.letters)" }.joined(separator: " ")
    }

    private func collect(_ block: JSONValue, prefix: String, level: Int, sensitiveOnly: Bool, into entries: inout [(path: String, flags: AttributeFlags)]) {
        for (name, attribute) in block.namedMembers("attributes") where Self.isPlain(name) {
            let flags = Self.flags(ofAttribute: attribute)
            let wanted: AttributeFlags = sensitiveOnly ? [.sensitive] : [.computed, .sensitive, .set, .deprecated, .writeOnly]
            if !flags.isDisjoint(with: wanted) { entries.append((prefix + name, flags)) }
            if let nested = attribute["nested_type"], level < Self.deepestLevel, !flags.contains(.deprecated) {
                collect(nested, prefix: prefix + name + ".", level: level + 1, sensitiveOnly: sensitiveOnly, into: &entries)
            }
        }
        for (name, nested) in block.namedMembers("block_types") where Self.isPlain(name) {
            var flags: AttributeFlags = .block
            flags.formUnion(Self.collection(nested["nesting_mode"]?.string))
            if nested["block"]?["deprecated"]?.bool == true { flags.insert(.deprecated) }
            if !sensitiveOnly, !flags.isDisjoint(with: [.set, .deprecated]) { entries.append((prefix + name, flags)) }
            if flags.contains(.deprecated) || level >= Self.deepestLevel { continue }
            if let inner = nested["block"] {
                collect(inner, prefix: prefix + name + ".", level: level + 1, sensitiveOnly: sensitiveOnly, into: &entries)
            }
        }
    }

    private static func flags(ofAttribute attribute: JSONValue) -> AttributeFlags {
        var flags: AttributeFlags = []
        if attribute["required"]?.bool == true { flags.insert(.required) }
        if attribute["optional"]?.bool == true { flags.insert(.optional) }
        if attribute["computed"]?.bool == true { flags.insert(.computed) }
        if attribute["sensitive"]?.bool == true { flags.insert(.sensitive) }
        if attribute["deprecated"]?.bool == true { flags.insert(.deprecated) }
        if attribute["write_only"]?.bool == true { flags.insert(.writeOnly) }
        if let type = attribute["type"], type.isArray { flags.formUnion(collection(type.element(at: 0)?.string)) }
        if let nested = attribute["nested_type"] { flags.formUnion(collection(nested["nesting_mode"]?.string)) }
        return flags
    }

    private static func collection(_ name: String?) -> AttributeFlags {
        switch name {
        case "set": .set
        case "list": .list
        case "map": .map
        default: []
        }
    }

    /// Names that the table's separators allow; Terraform identifiers always are.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "=") }
    }
}

extension JSONValue {
    fileprivate func namedMembers(_ key: StaticString) -> [(String, JSONValue)] {
        self[key]?.members.map { ($0.key.string, $0.value) } ?? []
    }
}
