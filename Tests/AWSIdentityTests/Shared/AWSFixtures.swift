import Foundation
import TestSupport

/// The AWS SDKs' own conformance cases among the shared test data. Each subject also has tests of our own that need
/// nothing.
enum AWSFixtures {
    static let root = URL(fileURLWithPath: SharedFixtures.path("fixtures/aws") ?? "/nonexistent")

    static var arePresent: Bool { SharedFixtures.path("fixtures/aws") != nil }

    /// Every file under `folder` whose name ends in `suffix`, sorted.
    static func files(under folder: URL, suffix: String) -> [URL] {
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }
            .filter { $0.lastPathComponent.hasSuffix(suffix) && !isFolder($0) }.sorted { $0.path < $1.path }
    }

    static func folders(in folder: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { folder.appendingPathComponent($0) }.filter(isFolder)
    }

    static func text(_ url: URL) throws -> String { String(decoding: try Data(contentsOf: url), as: UTF8.self) }

    static func decode<Value: Decodable>(_ type: Value.Type, from url: URL) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
