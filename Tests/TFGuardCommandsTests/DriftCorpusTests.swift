import Foundation
import Reports
import StateJSON
import TerraformState
import TestSupport
import Testing

/// Real pairs: nothing that their states mark as sensitive may show in any format.
@Suite(.enabled(if: SharedFixtures.path("corpus/pairs/truth.json") != nil, Comment(rawValue: SharedFixtures.comment)))
struct DriftCorpusTests {
    private static let cases = ["a01-in-step", "a07-attribute-mix", "b02-one-state-weak-dr", "n02-primary-far-ahead"]

    private static func files(_ name: String) throws -> [String] {
        if let both = SharedFixtures.path("corpus/pairs/\(name)/both.tfstate") { return [both] }
        let own = SharedFixtures.path("corpus/pairs/\(name)/primary.tfstate") ?? SharedFixtures.path("corpus/pairs/primary-base.tfstate")
        return [try #require(own), try #require(SharedFixtures.path("corpus/pairs/\(name)/dr.tfstate"))]
    }

    /// Every text below a sensitive path, and sensitive outputs.
    private static func secrets(_ path: String) throws -> Set<String> {
        let state = try TerraformState(parsing: StateBytes(try readFile(path)))
        var found: Set<String> = []
        func collect(_ value: JSONValue?) {
            guard let value else { return }
            switch value.kind {
            case .string: if let text = value.string, text.utf8.count >= 6 { found.insert(text) }
            case .array: value.elements.forEach(collect)
            case .object: value.members.forEach { collect($0.value) }
            default: break
            }
        }
        for output in state.outputs where output.isSensitive { collect(output.value) }
        for instance in state.instances {
            for path in instance.sensitivePaths { collect(instance.attributes.flatMap { path.value(in: $0) }) }
        }
        return found
    }

    @Test(arguments: cases)
    func noSecretShowsInAnyFormat(name: String) async throws {
        let folder = try TemporaryDirectory()
        let files = try Self.files(name)
        let secrets = try files.reduce(into: Set<String>()) { $0.formUnion(try Self.secrets($1)) }
        #expect(!secrets.isEmpty)
        for format in ReportFormat.allCases {
            let outcome = try await TFGuardBinary.run(["drift"] + files + ["--no-default-rules", "--show-expected", "-v", "-f", format.rawValue], in: folder)
            #expect([0, 2].contains(outcome.status), "\(outcome.errors)")
            for secret in secrets { #expect(!outcome.output.contains(secret), "\(name) as \(format)") }
        }
    }

    @Test func noSecretShowsInTheHistorysDiffs() async throws {
        let folder = try TemporaryDirectory()
        let root = try #require(SharedFixtures.path("corpus/history/primary"))
        let versions = try FileManager.default.contentsOfDirectory(atPath: root).filter { $0.hasSuffix(".tfstate") }.sorted()
        for (before, after) in zip(versions, versions.dropFirst()) {
            let files = ["\(root)/\(before)", "\(root)/\(after)"]
            let secrets = try files.reduce(into: Set<String>()) { $0.formUnion(try Self.secrets($1)) }
            let outcome = try await TFGuardBinary.run(["diff"] + files + ["-v"], in: folder)
            #expect([0, 2].contains(outcome.status), "\(outcome.errors)")
            for secret in secrets { #expect(!outcome.output.contains(secret), "\(before) to \(after)") }
        }
    }
}
