import PackagePlugin

/// Compiles the committed attribute tables (`*.tsv` of the target) into one Swift file.
///
/// The table becomes a `StaticString`: an array literal of the same bytes takes minutes to compile, a resource bundle
/// would be a second file beside the binary.
@main
struct SchemaCompilerPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let tables = target.sourceFiles(withSuffix: "tsv").map(\.url)
        let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInTable.swift")
        return [
            .buildCommand(
                displayName: "Compiling provider attribute tables",
                executable: try context.tool(named: "schema-compiler").url,
                arguments: [output.path] + tables.map(\.path),
                inputFiles: tables,
                outputFiles: [output])
        ]
    }
}
