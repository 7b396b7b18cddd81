import Foundation
import StateJSON
import TerraformState
import Testing

/// Every damaged file of the shared corpus against the verdict written beside it.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared corpus (TFGUARD_SHARED)"))
struct CorpusVerdicts {
    struct Expectation: Decodable {
        let file: String
        let verdict: String
        let expect: String
    }

    /// Suspicions that only the predecessor or a checksum can raise; the file alone is healthy.
    static let historyAlone: Set = [
        "05_empty_state", "08_wrong_lineage", "09_serial_back", "10_same_serial_other_content", "11_all_managed_dropped",
        "12_most_dropped", "18_other_workspace", "26_bit_flip_in_value",
    ]

    @Test func eachCorruptFileGetsItsVerdict() throws {
        let data = try Data(contentsOf: SharedData.root.appendingPathComponent("corpus/corrupt/expect.json"))
        let expectations = try JSONDecoder().decode([Expectation].self, from: data)
        #expect(expectations.count == 45)
        for wanted in expectations {
            let reading = StateReading(try SharedData.bytes("corpus/corrupt/\(wanted.file)"))
            let verdict = Self.historyAlone.contains(String(wanted.file.prefix { $0 != "." })) ? "ok" : wanted.verdict
            let problems = reading.state?.problems ?? []
            #expect(
                reading.verdict.rawValue == verdict, "\(wanted.file): \(wanted.expect); got \(reading.form), \(problems.map(\.description))"
            )
        }
    }

    @Test func noFileOfTheWholeCollectionIsTooMuch() throws {
        var forms: [String: Int] = [:]
        for file in SharedData.files(under: "fixtures/states") + SharedData.files(under: "corpus") {
            let bytes = try SharedData.bytes(file)
            let reading = StateReading(bytes)
            forms[reading.form.code, default: 0] += 1
            _ = problems(in: bytes)
            let pieces = pieceBoundaries(of: bytes)
            #expect(pieces.isEmpty == (reading.state == nil), "\(file)")
            if !pieces.isEmpty { #expect(pieces.first?.lowerBound == 0 && pieces.last?.upperBound == bytes.count, "\(file)") }
        }
        #expect(forms["state", default: 0] > 100)
    }

    @Test func corpusHistoriesAndPairsAreHealthy() throws {
        for file in SharedData.files(under: "corpus/history") + SharedData.files(under: "corpus/pairs") {
            let found = problems(in: try SharedData.bytes(file))
            #expect(found.isEmpty, "\(file): \(found.map(\.description))")
        }
    }

    /// What terraform 1.11.4 said of each fixture: `OK n inst` or `ERR …`.
    @Test func agreesWithTerraformOnTheFixtures() throws {
        let index = String(
            decoding: try Data(contentsOf: SharedData.root.appendingPathComponent("fixtures/states/index.md")), as: UTF8.self)
        var compared = 0
        for line in index.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let name = cells.first, name.hasSuffix(".tfstate"), let verdict = cells.last else { continue }
            let reading = StateReading(try SharedData.bytes("fixtures/states/\(name)"))
            if let state = reading.state {
                compared += 1
                let found = state.problems
                let dropped = Set(found.filter { $0.effect == .dropped }.compactMap(\.address))
                let instances = state.resources.filter { !dropped.contains($0.address) }.flatMap(\.instances)
                if verdict.hasPrefix("OK") {
                    #expect(!found.contains { $0.effect == .refused }, "\(name): \(found.map(\.description))")
                    #expect(verdict == "OK \(Set(instances.map(\.address)).count) inst", "\(name)")
                } else {
                    #expect(found.contains { $0.effect == .refused }, "\(name): \(verdict)")
                }
            } else if case .legacy(let summary) = reading.form, verdict.hasPrefix("OK") {
                compared += 1
                #expect(verdict == "OK \(summary.instanceCount) inst", "\(name)")
            } else if verdict.hasPrefix("OK") {
                #expect(reading.form.code == "backend-cache", "\(name): \(reading.form)")
            }
        }
        #expect(compared > 60)
    }

    @Test(arguments: ["primary", "dr"])
    func aHistorysPiecesMostlyRepeat(history: String) throws {
        var seen: Set<[UInt8]> = []
        var total = 0
        var kept = 0
        for file in SharedData.files(under: "corpus/history/\(history)") {
            let bytes = try SharedData.bytes(file)
            total += bytes.count
            for piece in pieceBoundaries(of: bytes) where seen.insert(bytes[piece]).inserted { kept += piece.count }
        }
        #expect(kept * 100 / total < 16, "\(kept) of \(total) bytes")
    }
}
