import Foundation

/// `schema-compiler OUTPUT.swift TABLE.tsv…`: merges attribute tables into one Swift source holding a `StaticString`.
///
/// The lines come out sorted by their bytes, because ProviderSchema finds a type by binary search over the text.
@main
struct SchemaCompiler {
    static func main() throws {
        guard CommandLine.arguments.count > 2 else { throw CompilerError("usage: schema-compiler OUTPUT.swift TABLE.tsv…") }
        var lines: [String: String] = [:]
        for path in CommandLine.arguments.dropFirst(2) {
            let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
            for (number, line) in text.split(separator: "\n").enumerated() where !line.hasPrefix("#") {
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard fields.count == 2, line.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f || $0 == 9 }), !line.contains("\"\"\"") else {
                    throw CompilerError("\(path):\(number + 1): want TYPE<tab>PATH=FLAGS …")
                }
                lines[String(fields[0])] = String(line)
            }
        }
        let sorted = lines.values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let source = """
            enum BuiltInTable {
                /// One line per resource type, sorted by bytes; see SchemaTable.
                static let text: StaticString = #\"""
            \(sorted.joined(separator: "\n"))

            \"""#
            }

            """
        try Data(source.utf8).write(to: URL(fileURLWithPath: CommandLine.arguments[1]), options: .atomic)
    }
}

struct CompilerError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
