import Foundation

/// Test data of other projects (the AWS SDKs' own conformance cases). It is not part of this package: tests that use
/// it run where `TFGUARD_SHARED` names a folder that has it (default: `../shared` beside the package) and are
/// skipped, by name, elsewhere. Each subject also has tests of our own that need nothing.
enum SharedFixtures {
    static let root: URL = {
        if let named = ProcessInfo.processInfo.environment["TFGUARD_SHARED"] { return URL(fileURLWithPath: named) }
        return URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
    }()

    static var aws: URL { root.appendingPathComponent("fixtures/aws") }

    static var areAvailable: Bool { FileManager.default.fileExists(atPath: aws.path) }

    /// Every file under `folder` whose name ends in `suffix`, sorted.
    static func files(under folder: URL, suffix: String) -> [URL] {
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix(suffix) }.sorted { $0.path < $1.path }
    }

    static func folders(in folder: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { folder.appendingPathComponent($0) }.filter { $0.hasDirectoryPathOnDisk }
    }

    static func text(_ url: URL) throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }

    static func decode<Value: Decodable>(_ type: Value.Type, from url: URL) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }
}

extension URL {
    fileprivate var hasDirectoryPathOnDisk: Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
