import Foundation
import StateComparison
import StateJSON
import TerraformState
import TestSupport
import Testing

/// Histories written by real Terraform, compared version by version with an oracle in another language.
@Suite(.enabled(if: RecordedHistory.folder != nil, "the recorded histories are not at $TFGUARD_SHARED/corpus/history"))
struct RecordedHistoryTests {
    @Test(arguments: RecordedHistory.consecutivePairs)
    func agreesWithAPlainDeepComparison(pair: RecordedHistory.Pair) throws {
        let expected = try Set(deepComparison(pair.older.path, pair.newer.path))
        let diff = try StateDiff(from: pair.older.state(), to: pair.newer.state())
        #expect(Set(diff.changes.flatMap(asDeepComparison)) == expected)
    }

    @Test(arguments: RecordedHistory.stepActions)
    func stepsComeOutAsWhatTheyWere(step: String, action: InstanceChange.Action, address: String) throws {
        let pairs = try RecordedHistory.pairs(of: "primary").filter { $0.newer.step.hasPrefix(step) }
        let changes = try pairs.flatMap { try StateDiff(from: $0.older.state(), to: $0.newer.state()).changes }
        #expect(changes.contains { $0.action == action && $0.address == address }, "\(changes.map { "\($0.action) \($0.address)" })")
    }

    @Test func noSecretOfTheRecordingIsShown() throws {
        for pair in RecordedHistory.consecutivePairs {
            for change in try StateDiff(from: pair.older.state(), to: pair.newer.state()).changes {
                for attribute in change.attributes where attribute.path.description.contains("password") && attribute.after?.string != nil {
                    #expect(attribute.isSensitive, "\(change.address) \(attribute.path)")
                }
            }
        }
    }

    /// The lines that the oracle prints for a change: it knows no moves and looks at a deposed object as an address of its own.
    private func asDeepComparison(_ change: InstanceChange) -> [String] {
        let address = change.deposedKey.map { "\(change.address) (deposed \($0))" } ?? change.address
        let attributes = Set(change.attributes.compactMap { attribute -> String? in
            switch attribute.path.steps.first {
            case .attribute(let name), .key(let name): "~\t\(address)\t\(name)"
            case .index, nil: nil
            }
        })
        switch change.action {
        case .add, .depose: return ["+\t\(address)"]
        case .remove, .undepose: return ["-\t\(address)"]
        case .move: return ["-\t\(change.previousAddress ?? "")", "+\t\(address)"]
        case .replace, .taint, .untaint, .change: return Array(attributes)
        }
    }

    private func deepComparison(_ older: String, _ newer: String) throws -> [String] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Oracles/deep_comparison.py").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, older, newer]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

enum RecordedHistory {
    struct Version: Sendable {
        var path: String
        var step: String

        func state() throws -> TerraformState {
            try TerraformState(parsing: StateBytes(Data(contentsOf: URL(filePath: path))))
        }
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        var older: Version
        var newer: Version

        var testDescription: String { "\(newer.path.split(separator: "/").suffix(2).joined(separator: "/")): \(newer.step)" }
    }

    static let folder: URL? = {
        let shared = ProcessInfo.processInfo.environment["TFGUARD_SHARED"] ?? "../shared"
        let folder = URL(filePath: shared).appending(path: "corpus/history")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static func pairs(of history: String) throws -> [Pair] {
        struct Entry: Decodable { var file: String; var step: String }
        guard let folder = folder?.appending(path: history) else { return [] }
        let entries = try JSONDecoder().decode([Entry].self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
        let versions = entries.map { Version(path: folder.appending(path: $0.file).path, step: $0.step) }
        return zip(versions, versions.dropFirst()).map { Pair(older: $0, newer: $1) }
    }

    static let consecutivePairs: [Pair] = ["primary", "dr", "primary-ws-staging"].flatMap { (try? pairs(of: $0)) ?? [] }

    /// What the recording's manifest says was done, and what it must be called.
    static let stepActions: [(String, InstanceChange.Action, String)] = [
        ("state mv worker mail to mailer", .move, #"aws_instance.worker["mailer"]"#),
        ("replace aws_instance.web[1]", .replace, "aws_instance.web[1]"),
        ("taint worker billing", .taint, #"aws_instance.worker["billing"]"#),
        ("ACCIDENT: state rm of the database", .remove, "aws_db_instance.main"),
        ("database imported again", .add, "aws_db_instance.main"),
        ("import block: sns topic legacy", .add, "aws_sns_topic.legacy"),
        ("removed block: sns topic legacy forgotten", .remove, "aws_sns_topic.legacy"),
    ]
}
