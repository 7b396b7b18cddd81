import Foundation
import ProviderSchema
import StateJSON

/// `schema-extract SCHEMA.json OUTPUT.tsv TITLE`: writes the attribute table of a `terraform providers schema -json` file.
@main
struct SchemaExtract {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else {
            FileHandle.standardError.write(Data("usage: schema-extract SCHEMA.json OUTPUT.tsv TITLE\n".utf8))
            exit(64)
        }
        let table = try ProviderSchema.tableText(providersSchemaJSON: StateBytes(Data(contentsOf: URL(fileURLWithPath: arguments[1]))))
        var text = Data("# Attribute flags of \(arguments[3]); made by `swift package update-provider-schema`, read by ProviderSchema. TYPE<tab>PATH=FLAGS ...\n".utf8)
        text.append(contentsOf: table)
        try text.write(to: URL(fileURLWithPath: arguments[2]), options: .atomic)
    }
}
