import Cryptography
import Findings
import Recovery
import StateJSON
import Testing
import Timestamps

@Suite struct HistoryJudgementTests {
    private func version(serial: Int, lineage: String = "a", ids: [Int], type: String = "aws_instance", extra: String = "") -> ExaminedContent {
        let instances = ids.map { #"{"index_key": \#($0), "schema_version": 1, "attributes": {"id": "i-\#($0)"}}"# }.joined(separator: ",")
        let text = """
            {"version": 4, "terraform_version": "1.11.4", "serial": \(serial), "lineage": "\(lineage)", "outputs": {}, "resources": [{"mode": "managed", "type": "\(type)",
             "name": "web", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]", "instances": [\(instances)]}]\(extra)}
            """
        return ExaminedContent(StateBytes(text.utf8), sha256: SHA256.hash(text.utf8))
    }

    private func rules(_ versions: ExaminedContent...) -> [[String]] {
        var judgement = HistoryJudgement()
        return versions.map { judgement.judge($0, written: Timestamp(seconds: 0)).symptoms.map(\.ruleID.description) }
    }

    private func verdicts(_ versions: ExaminedContent...) -> [Verdict] {
        var judgement = HistoryJudgement()
        return versions.map { judgement.judge($0, written: Timestamp(seconds: 0)).verdict }
    }

    @Test func anOrdinaryHistoryIsGood() {
        #expect(rules(version(serial: 1, ids: [1, 2]), version(serial: 2, ids: [1, 2, 3]), version(serial: 5, ids: [1, 2])) == [[], [], []])
    }

    @Test func aSerialThatGoesBackOrIsUsedTwiceIsSuspect() {
        #expect(rules(version(serial: 5, ids: [1]), version(serial: 4, ids: [1])) == [[], ["history.serial-went-back"]])
        #expect(rules(version(serial: 5, ids: [1]), version(serial: 5, ids: [1, 2])) == [[], ["history.serial-reused"]])
        #expect(rules(version(serial: 5, ids: [1]), version(serial: 5, ids: [1])) == [[], []])
    }

    @Test func theRightVersionAfterAWrongOneIsGood() {
        #expect(
            verdicts(version(serial: 5, ids: [1]), version(serial: 1, lineage: "other", ids: [7]), version(serial: 6, ids: [1])) == [.ok, .suspect, .ok])
    }

    @Test func whatFollowsAnAccidentIsNoBetterThanTheAccident() {
        let before = version(serial: 1, ids: Array(0..<10)), emptied = version(serial: 2, ids: []), onTop = version(serial: 3, ids: [90])
        #expect(rules(before, emptied) == [[], ["history.emptied"]])
        #expect(verdicts(before, emptied, onTop) == [.ok, .suspect, .suspect])
    }

    @Test func aLossThatStoodForAWeekWasMeant() {
        var judgement = HistoryJudgement()
        let day: Int64 = 86_400
        let verdicts = [(1, 10, 0), (2, 1, 1), (3, 1, 5), (4, 1, 9), (5, 1, 10)].map { serial, count, days in
            judgement.judge(version(serial: serial, ids: Array(0..<count)), written: Timestamp(seconds: days * day)).verdict
        }
        #expect(verdicts == [.ok, .suspect, .suspect, .ok, .ok])
    }

    @Test func smallLossesAreUnremarkableUnlessTheyHoldData() {
        #expect(rules(version(serial: 1, ids: [1, 2, 3]), version(serial: 2, ids: [1])) == [[], []])
        #expect(rules(version(serial: 1, ids: [1, 2, 3], type: "aws_db_instance"), version(serial: 2, ids: [1, 2], type: "aws_db_instance")) == [[], ["history.data-store-gone"]])
        #expect(verdicts(version(serial: 1, ids: [1, 2, 3], type: "aws_db_instance"), version(serial: 2, ids: [1, 2], type: "aws_db_instance")) == [.ok, .ok])
        #expect(rules(version(serial: 1, ids: Array(0..<10)), version(serial: 2, ids: Array(0..<7))) == [[], ["history.shrunk"]])
    }

    @Test func damageIsNamedWithItsPlaceAndWhatTerraformWouldDo() {
        var judgement = HistoryJudgement()
        _ = judgement.judge(version(serial: 1, ids: [1, 2, 3]), written: Timestamp(seconds: 0))
        let empty = judgement.judge(ExaminedContent(StateBytes([]), sha256: SHA256.hash([])), written: Timestamp(seconds: 60))
        #expect(empty.verdict == .unreadable)
        #expect(empty.symptoms.first?.message.contains("3 resources that exist") == true)
        let cut = judgement.judge(ExaminedContent(StateBytes("{\"version\": 4, \"serial\": 1".utf8), sha256: SHA256.hash([])), written: Timestamp(seconds: 60))
        #expect(cut.symptoms.first?.ruleID == "state.truncated" && cut.symptoms.first?.byteOffset == 26)
    }

    @Test func awsChunkedFramingIsTakenOff() throws {
        let state = version(serial: 1, ids: [1]).bytes
        let half = state.count / 2
        var framed = Array("\(String(half, radix: 16))\r\n".utf8) + state[0..<half] + Array("\r\n".utf8)
        framed += Array("\(String(state.count - half, radix: 16));chunk-signature=ab\r\n".utf8) + state[half..<state.count] + Array("\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n".utf8)
        #expect(try StateRepair.repair(StateBytes(framed)) == state)
        #expect(throws: StateRepair.Failure.self) { try StateRepair.repair(StateBytes("<html>".utf8)) }
    }

    @Test func everyCutOfAStateIsSalvagedOrRefusedWithoutACrash() {
        let state = version(serial: 1, ids: Array(0..<6)).bytes
        var recovered: Set<Int> = []
        for length in 0..<state.count {
            if let salvage = Salvage(of: StateBytes(state[0..<length])) { recovered.insert(salvage.instanceCount) }
        }
        #expect(recovered == Set(1...6))
    }
}
