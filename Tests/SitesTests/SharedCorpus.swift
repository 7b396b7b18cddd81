import Foundation
import TestSupport

/// Recorded states that are not part of the project; see `SharedFixtures`.
enum SharedCorpus {
    static var folder: String { SharedFixtures.path("corpus") ?? "" }
    static var exists: Bool { SharedFixtures.isPresent && FileManager.default.fileExists(atPath: folder + "/history") }

    static func files(in path: String, ending: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(path)")) ?? []).filter { $0.hasSuffix(ending) }.sorted().map { "\(folder)/\(path)/\($0)" }
    }
}
