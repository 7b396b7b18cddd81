import Findings
import Foundation
import Reports
import Testing
import Timestamps

@Suite struct RenderingTests {
    @Test(arguments: [ReportFormat.table, .json, .markdown, .html])
    func snapshotLooksAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(Samples.snapshot, format), "snapshot.\(format)")
    }

    @Test(arguments: [ReportFormat.table, .json, .markdown])
    func versionsLookAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(Samples.versions, format), "versions.\(format)")
    }

    @Test(arguments: [ReportFormat.table, .json, .markdown, .html])
    func showLooksAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(Samples.show, format), "show.\(format)")
    }

    @Test(arguments: ReportFormat.allCases)
    func vaultCheckLooksAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(Samples.check, format), "vault-check.\(format)")
    }

    @Test(arguments: [50, 60, 80, 100, 200])
    func tablesFitTheTerminal(width: Int) throws {
        for report in [Samples.versions, Samples.show, Samples.check] as [any Report] {
            let page = report.page(PageOptions())
            for case .table(let table) in page.blocks {
                let text = try Samples.text(OnePage(page: ReportPage([.table(table)], summary: "")), .table, width: width)
                for line in text.split(separator: "\n") {
                    #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
                }
            }
        }
    }

    @Test func whatCanNotFitIsWrittenRowByRow() throws {
        let text = try Samples.text(Samples.versions, .table, width: 40)
        #expect(text.contains("SERIAL       18446744073709551615\n"))
        #expect(text.contains("TERRAFORM    1.11.4\n"))
    }

    @Test func narrowTablesSayWhatTheyLeaveOut() throws {
        let text = try Samples.text(Samples.versions, .table, width: 80)
        #expect(text.contains("(no room for "))
        #expect(text.contains("HEALTH"))
        #expect(!text.contains("TERRAFORM  "))
    }

    @Test(arguments: [ReportFormat.table, .markdown, .html, .json])
    func nothingThatControlsATerminalComesThrough(format: ReportFormat) throws {
        for report in [Samples.snapshot, Samples.show] as [any Report] {
            let text = try Samples.text(report, format, detailed: true)
            for scalar in text.unicodeScalars where scalar != "\n" {
                #expect(VisibleText.isPlain(scalar), "U+\(String(scalar.value, radix: 16))")
            }
            #expect(!text.contains("<script>") || format != .html)
            #expect(!text.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") })
        }
    }

    @Test func coloursOnlyWhenAsked() throws {
        #expect(try Samples.text(Samples.versions, .table, colour: true).contains("\u{1B}[32m"))
        #expect(try !Samples.text(Samples.versions, .table).contains("\u{1B}"))
    }

    @Test func jsonIsOneDocumentWithTheCommonMembersFirst() throws {
        let text = try Samples.text(Samples.versions, .json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["format_version"] as? String == "1")
        #expect(document["command"] as? String == "versions")
        #expect(document["exit_code"] as? Int == 0)
        #expect(document["generated_at"] as? String == Samples.time.rfc3339)
        #expect(text.contains("\"serial\": 18446744073709551615"))
        #expect(text.hasPrefix("{\n  \"format_version\""))
    }

    @Test func hostileNamesSurviveJSONUnchanged() throws {
        let text = try Samples.text(Samples.show, .json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["reference"] as? String == "primary:\(Samples.hostile)")
    }

    @Test func aFormatThatMakesNoSenseIsRefused() {
        #expect(throws: UnsupportedFormat.self) { try Samples.text(Samples.versions, .sarif) }
        #expect(throws: UnsupportedFormat.self) { try Samples.text(FailureReport(command: "show", status: .failure, problems: []), .table) }
    }

    @Test func statusTellsPartialFromFindings() {
        #expect(Samples.snapshot.status == .partial)
        #expect(Samples.check.status == .findings)
        var lenient = Samples.check
        lenient.findings.removeAll { $0.severity == .critical }
        #expect(lenient.status == .success)
        lenient.problems = [Problem(reference: "vault", message: "unreadable")]
        #expect(lenient.status == .partial)
    }
}

/// A page alone.
private struct OnePage: Report {
    let page: ReportPage
    var command: String { "test" }
    var status: Reports.ExitStatus { .success }
    var problems: [Problem] { [] }
    var body: JSONObject { [:] }
    func page(_ options: PageOptions) -> ReportPage { page }
}
