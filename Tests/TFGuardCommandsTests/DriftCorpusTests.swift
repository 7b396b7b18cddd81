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

    /// Only what is true of one direction alone may change: who names whom, and whose global object serves both.
    @Test(arguments: ["a01-in-step", "a06-extra-and-missing", "a07-attribute-mix"])
    func swappingTheSidesMirrorsTheResult(name: String) async throws {
        let folder = try TemporaryDirectory()
        let files = try Self.files(name)
        func findings(_ files: [String], _ mine: String, _ other: String) async throws -> Set<String> {
            let outcome = try await TFGuardBinary.run(["drift"] + files + ["--no-default-rules", "--json"], in: folder)
            let pairs = try #require(try outcome.document["pairs"] as? [[String: Any]])
            return Set(
                pairs.flatMap { $0["findings"] as? [[String: Any]] ?? [] }.filter { $0["class"] as? String != "names-the-primary" }.map {
                    "\($0[mine + "_address"] ?? "") \($0[other + "_address"] ?? "") \($0["attribute"] ?? "")"
                })
        }
        let there = try await findings(files, "primary", "dr")
        let back = try await findings(files.reversed(), "dr", "primary")
        // One hosted zone serves both sides, so DR may lack it; a zone that the primary lacks is told of.
        #expect(there.symmetricDifference(back).allSatisfy { $0.hasPrefix("aws_route53_zone.") }, "\(there.symmetricDifference(back))")
        #expect(!there.isEmpty)
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
