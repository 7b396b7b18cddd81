import Foundation
import StateJSON
import TerraformState

/// The corpus of real pairs; tests that need it are skipped, loudly, where it is not present.
enum Corpus {
    static let root: URL = {
        let environment = ProcessInfo.processInfo.environment["TFGUARD_SHARED"]
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return environment.map { URL(fileURLWithPath: $0) } ?? package.deletingLastPathComponent().appending(path: "shared")
    }()
    static let pairs = root.appending(path: "corpus/pairs")
    static let isPresent = FileManager.default.fileExists(atPath: pairs.appending(path: "truth.json").path)

    static func state(_ url: URL) throws -> TerraformState {
        try TerraformState(parsing: StateBytes(Array(try Data(contentsOf: url))))
    }
}

/// What `truth.json` says about one pair.
struct PairTruth: Decodable {
    var real: [[String]]
    var intended: [[String]]?
    var also: [[String]]?
}
