import Foundation
import PackagePlugin

/// `swift package update-provider-schema --name aws-6.0.0 --schema FILE`, or `--terraform-directory DIR` to have `terraform
/// providers schema -json` run in an initialised folder first.
///
/// The table replaces the one whose name starts with the same provider (`aws-…`), so that exactly one is built in.
@main
struct UpdateProviderSchemaPlugin: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        var extractor = ArgumentExtractor(arguments)
        guard let name = extractor.extractOption(named: "name").first else {
            throw UpdateError("say which table: --name aws-6.0.0 (provider, dash, version)")
        }
        let schema: URL
        if let file = extractor.extractOption(named: "schema").first {
            schema = URL(fileURLWithPath: file)
        } else if let directory = extractor.extractOption(named: "terraform-directory").first {
            schema = try schemaOfInitialisedFolder(directory, workDirectory: context.pluginWorkDirectoryURL)
        } else {
            throw UpdateError("say where the schema is: --schema FILE or --terraform-directory DIR (after terraform init)")
        }
        let folder = context.package.directoryURL.appending(path: "Sources/ProviderSchema")
        let output = folder.appending(path: "\(name).tsv")
        try run(context.tool(named: "schema-extract").url, [schema.path, output.path, name])
        let provider = name.prefix { $0 != "-" }
        for old in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        where old.pathExtension == "tsv" && old.lastPathComponent.hasPrefix("\(provider)-") && old.lastPathComponent != output.lastPathComponent {
            try FileManager.default.removeItem(at: old)
        }
        print("wrote \(output.path)")
    }

    private func schemaOfInitialisedFolder(_ directory: String, workDirectory: URL) throws -> URL {
        let output = workDirectory.appending(path: "providers-schema.json")
        FileManager.default.createFile(atPath: output.path, contents: nil)
        try run(URL(fileURLWithPath: "/usr/bin/env"), ["terraform", "-chdir=\(directory)", "providers", "schema", "-json"], output: FileHandle(forWritingTo: output))
        return output
    }

    private func run(_ tool: URL, _ arguments: [String], output: FileHandle? = nil) throws {
        let process = Process()
        process.executableURL = tool
        process.arguments = arguments
        if let output { process.standardOutput = output }
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw UpdateError("\(tool.lastPathComponent) \(arguments.joined(separator: " ")) ended with status \(process.terminationStatus)") }
    }
}

struct UpdateError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
