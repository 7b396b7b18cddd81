import Foundation
import StateJSON

/// Data shared by the people who work on this project, found through TFGUARD_SHARED or beside the checkout. Tests that
/// need it are skipped, and say so, where it is absent.
enum SharedData {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["TFGUARD_SHARED"] { return URL(fileURLWithPath: path) }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("../shared")
    }()

    static var isPresent: Bool { FileManager.default.fileExists(atPath: root.appendingPathComponent("corpus/corrupt/expect.json").path) }

    static func bytes(_ path: String) throws -> StateBytes { StateBytes(try Data(contentsOf: root.appendingPathComponent(path))) }

    static func files(under folder: String, suffix: String = "tfstate") -> [String] {
        let base = root.appendingPathComponent(folder)
        guard let all = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return all.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }.sorted().map { "\(folder)/\($0)" }
    }
}
