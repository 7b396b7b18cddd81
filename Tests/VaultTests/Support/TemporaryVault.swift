import Foundation
import TestSupport
import Testing

/// A place for a vault on disk, removed with the value.
struct TemporaryVault {
    private let directory: TemporaryDirectory
    var path: String { directory.file("vault") }

    init() throws {
        directory = try TemporaryDirectory("vault")
    }

    /// All files, relative to the vault.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    }

    func mode(_ file: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")[.posixPermissions] as? Int)
    }
}
