import Foundation
import Reports
import Testing
import Timestamps

/// `tfguard verify` as a person and as a program reads it.
@Suite struct VerifyReportTests {
    @Test(arguments: [ReportFormat.table, .json, .markdown, .html]) func whatIsBehindLooksAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(VerifySamples.behindReport, format), "verify-behind.\(format)")
    }

    @Test func detailsAndAnOutageLookAsRecorded() throws {
        try expectGolden(Samples.text(VerifySamples.behindReport, .table, detailed: true), "verify-behind-detailed.table")
        try expectGolden(Samples.text(VerifySamples.deadReport, .table), "verify-dead.table")
        try expectGolden(Samples.text(VerifySamples.inStepReport, .table), "verify-in-step.table")
    }

    @Test(arguments: [ReportFormat.table, .markdown, .html, .json]) func nothingThatControlsATerminalComesThrough(format: ReportFormat) throws {
        let text = try Samples.text(VerifySamples.behindReport, format, detailed: true)
        for scalar in text.unicodeScalars where scalar != "\n" { #expect(VisibleText.isPlain(scalar), "U+\(String(scalar.value, radix: 16))") }
    }

    @Test func theExitStatusSaysWhatWasFound() {
        #expect(VerifySamples.behindReport.status == .findings && VerifySamples.deadReport.status == .partial && VerifySamples.inStepReport.status == .success)
        var blind = VerifySamples.deadReport
        blind.pairs[0].fromReadFrom = "nowhere"
        blind.pairs[0].toReadFrom = "nowhere"
        #expect(blind.status == .failure)
    }

    /// The contract of `--json`, field by field.
    @Test func theDocumentHasEveryFieldOfTheContract() throws {
        let text = try Samples.text(VerifySamples.behindReport, .json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["format_version"] as? String == "1" && document["command"] as? String == "verify" && document["exit_code"] as? Int == 2)
        #expect(document["generated_at"] is String && (document["problems"] as? [Any])?.isEmpty == true)
        let pair = try #require((document["pairs"] as? [[String: Any]])?.first)
        #expect(pair["from"] as? String == "primary" && pair["to"] as? String == "dr")
        let state = try #require((pair["states"] as? [[String: Any]])?.last)
        for (name, value) in ["versions": 9, "replicated": 4, "missing": 3, "different": 1, "pending": 1, "failed": 1, "extra": 1] { #expect(state[name] as? Int == value, "\(name)") }
        #expect(state["key"] as? String == VerifySamples.behind.key)
        let point = try #require(state["recovery_point"] as? [String: Any])
        #expect(point["version_id"] as? String == "v11aaaaaaaaaaaaaaaaaaaaaaaa" && point["serial"] as? Int == 11 && point["versions_at_risk"] as? Int == 3)
        #expect(point["last_modified"] as? String == (Samples.time - .seconds(3600)).rfc3339)
        let finding = try #require((pair["findings"] as? [[String: Any]])?.first)
        #expect(finding["rule_id"] as? String == "replication.failed" && finding["severity"] as? String == "high" && finding["subject"] is String && finding["message"] is String && finding["remedy"] is String)
        let loss = try #require(state["at_risk"] as? [String: Any])
        #expect(loss["serials"] as? [Int] == [14, 13, 12] && loss["resource_count"] as? Int == 9)
        let resources = try #require(loss["resources"] as? [[String: String]])
        #expect(resources.map { $0["address"] } == ["module.app[\"日本\"].aws_instance.web[0]", "aws_db_instance.main"] && resources.map { $0["action"] } == ["add", "change"])
    }

    @Test func whatWouldBeLostIsNamedForAPerson() throws {
        let text = try Samples.text(VerifySamples.behindReport, .table, width: 400)
        #expect(text.contains("would lose serials 14, 13, 12") && text.contains("aws_db_instance.main (change)") && text.contains("and 7 more"))
    }
}
