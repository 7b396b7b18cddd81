import Foundation
import StackParity
import Testing

/// Pairs made by the corpus's generator: exactly the injected truth.
@Suite(.enabled(if: Corpus.isPresent && FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "corpus or python3 not found"))
struct GeneratedParityTests {
    struct Truth: Decodable {
        struct Drift: Decodable {
            var address: String
            var kind: String
            var attribute: String?
        }
        var drift: [Drift]
    }

    @Test(arguments: [(1000, 7), (1000, 21)])
    func `exactly the injected drift is found`(size: Int, seed: Int) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tfguard-drift-\(size)-\(seed)-\(ProcessInfo.processInfo.processIdentifier)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [Corpus.root.appending(path: "corpus/gen/gen_state.py").path, "--template", Corpus.pairs.appending(path: "primary-base.tfstate").path, "-n", "\(size)", "-m", "1", "--seed", "\(seed)", "-o", folder.path, "--dr"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let truth = try JSONDecoder().decode(Truth.self, from: Data(contentsOf: folder.appending(path: "truth.json")))
        let report = StackParity.compare(primary: Stack(try Corpus.state(folder.appending(path: "primary_0001.tfstate"))), dr: Stack(try Corpus.state(folder.appending(path: "dr_0001.tfstate"))))
        let wanted = Set(truth.drift.map { "\($0.address) \($0.attribute ?? "")" })
        let found = Set(report.findings.map { "\($0.address) \($0.topLevelAttribute ?? "")" })
        #expect(wanted.subtracting(found) == [])
        #expect(found.subtracting(wanted) == [])
    }
}
