import Cryptography
import Foundation
import Findings
import Recovery
import StateJSON
import TerraformState
import TestSupport
import Testing
import Timestamps

/// The corpus of damaged states: each must get its verdict in a history whose version before it is known.
@Suite(.enabled(if: SharedFixtures.isPresent, "\(SharedFixtures.comment)"))
struct DamagedStateTests {
    struct Expectation: Decodable, Sendable, CustomTestStringConvertible {
        var file: String
        var verdict: String
        var expect: String

        var testDescription: String { "\(file): \(expect)" }
    }

    static let folder = SharedFixtures.path("corpus/corrupt")
    static let expectations: [Expectation] = {
        guard let folder, let data = FileManager.default.contents(atPath: folder + "/expect.json") else { return [] }
        return (try? JSONDecoder().decode([Expectation].self, from: data)) ?? []
    }()

    static func content(_ file: String) throws -> ExaminedContent {
        let bytes = try StateBytes(Data(contentsOf: URL(filePath: #require(folder) + "/" + file)))
        return ExaminedContent(bytes, sha256: bytes.withUnsafeBytes { SHA256.hash($0) })
    }

    @Test(arguments: expectations) func getsItsVerdict(expectation: Expectation) throws {
        // One flipped bit inside a value is valid JSON and a plausible state: only a checksum can tell, see below.
        let wanted = expectation.verdict == "checksum" ? "ok" : expectation.verdict
        var history = HistoryJudgement()
        let isPredecessor = expectation.file.hasPrefix("00_pre")
        if !isPredecessor { #expect(try history.judge(Self.content("00_predecessor.tfstate"), written: Timestamp(seconds: 0)).verdict == .ok) }
        let diagnosis = try history.judge(Self.content(expectation.file), written: Timestamp(seconds: 60))
        #expect(diagnosis.verdict.rawValue == wanted, "\(diagnosis.symptoms.map(\.message))")
        #expect(diagnosis.verdict == .ok || !diagnosis.symptoms.isEmpty)
    }

    @Test(arguments: ["16_bom", "17_utf16le", "19_gzip"]) func repairableFilesGiveBackTheExactState(name: String) throws {
        let repaired = try StateRepair.repair(Self.content(name + ".tfstate").bytes)
        #expect(try repaired == Self.content("00_good.tfstate").bytes)
    }

    @Test func whatStandsBeforeTheDamageIsSalvaged() throws {
        let salvage = try #require(Salvage(of: Self.content("01_truncated.tfstate").bytes))
        let good = try #require(try Self.content("00_good.tfstate").reading.state)
        let recovered = try #require(ExaminedContent(salvage.bytes, sha256: SHA256.hash([])).reading.state)
        #expect(recovered.instanceCount == salvage.instanceCount && salvage.instanceCount > 20)
        #expect(recovered.lineage == good.lineage && recovered.serial == good.serial)
        #expect(zip(recovered.instances, good.instances).allSatisfy { $0.displayAddress == $1.displayAddress && $0.attributes?.isEqual(to: $1.attributes ?? $0.value) == true })
        #expect(recovered.document.root["tfguard_salvaged"]?["cut_at"]?.int == salvage.cutAt)
    }

    @Test(arguments: ["03_zero_bytes", "06_html_error", "28_not_an_object"]) func nothingIsSalvagedFromNothing(name: String) throws {
        #expect(try Salvage(of: Self.content(name + ".tfstate").bytes) == nil)
    }
}
