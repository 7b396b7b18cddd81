internal import Foundation
internal import StateJSON

/// A folder in which Terraform sees the code, but with the restored state as its local one.
///
/// The code is not copied but linked, with the folders beside and above it, so that modules in `../modules` are found; the
/// backend is replaced by an override file, which only this folder has.
/// (https://developer.hashicorp.com/terraform/language/files/override)
final class TerraformWorkshop: Sendable {
    /// A folder without code.
    let empty: String
    /// Where Terraform is run.
    let root: String
    /// The state as a file.
    let state: String
    /// Providers that are installed for the code.
    let plugins: String
    let codeFolder: String
    private let folder: String

    /// Levels above the code that its modules may lie in.
    private static let levels = 3

    init(_ bytes: StateBytes, code: TerraformRehearsal.Code?) throws {
        let files = FileManager.default
        folder = files.temporaryDirectory.appending(path: "tfguard-terraform-\(UUID().uuidString)").path
        empty = folder + "/empty"
        codeFolder = code?.folder ?? ""
        let parts = codeFolder.split(separator: "/").map(String.init)
        let depth = min(Self.levels, max(0, parts.count - 1))
        root = ([folder + "/code"] + parts.suffix(depth + 1)).joined(separator: "/")
        let workspace = code?.workspace.map { "/terraform.tfstate.d/\($0)" } ?? ""
        state = root + workspace + "/terraform.tfstate"
        let installed = codeFolder + "/.terraform/providers"
        plugins = code != nil && files.fileExists(atPath: installed) ? installed : empty
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try files.createDirectory(atPath: empty, withIntermediateDirectories: true)
            try files.createDirectory(atPath: root + workspace, withIntermediateDirectories: true)
            if code != nil { try linkCode(parts, depth) }
            let data = bytes.withUnsafeBytes { Data($0) }
            guard files.createFile(atPath: state, contents: data, attributes: [.posixPermissions: 0o600]) else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            remove()
            throw error
        }
    }

    func remove() { _ = FolderRemoval(folder).remove() }

    private func linkCode(_ parts: [String], _ depth: Int) throws {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: codeFolder) where !Self.isTerraforms(name) {
            try files.createSymbolicLink(atPath: "\(root)/\(name)", withDestinationPath: "\(codeFolder)/\(name)")
        }
        let modules = codeFolder + "/.terraform/modules"
        if files.fileExists(atPath: modules) {
            try files.createDirectory(atPath: root + "/.terraform", withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: root + "/.terraform/modules", withDestinationPath: modules)
        }
        var original = codeFolder
        var copy = root
        for _ in 0..<depth {
            let name = String(original[(original.lastIndex(of: "/").map { original.index(after: $0) } ?? original.startIndex)...])
            original = original.lastIndex(of: "/").map { String(original[..<$0]) } ?? ""
            copy = copy.lastIndex(of: "/").map { String(copy[..<$0]) } ?? copy
            for sibling in (try? files.contentsOfDirectory(atPath: original.isEmpty ? "/" : original)) ?? [] where sibling != name {
                try files.createSymbolicLink(atPath: "\(copy)/\(sibling)", withDestinationPath: "\(original)/\(sibling)")
            }
        }
        try Data("terraform {\n  backend \"local\" {}\n}\n".utf8).write(to: URL(filePath: root + "/zz_tfguard_drill_override.tf"))
    }

    /// What Terraform keeps in the folder itself, and states.
    private static func isTerraforms(_ name: String) -> Bool {
        name == ".terraform" || name == "terraform.tfstate.d" || name.hasPrefix("terraform.tfstate") || name.hasPrefix("zz_tfguard_drill")
    }
}
