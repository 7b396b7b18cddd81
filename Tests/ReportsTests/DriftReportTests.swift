import Foundation
import FoundationXML
import Reports
import Testing

@Suite struct DriftReportTests {
    @Test(arguments: ReportFormat.allCases)
    func driftLooksAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(DriftSamples.report, format), "drift.\(format)")
    }

    @Test(arguments: [60, 80, 120])
    func findingsFitNarrowTerminals(width: Int) throws {
        let text = try Samples.text(DriftSamples.wide, .table, width: width)
        try expectGolden(text, "drift-\(width).table")
        for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
        let detailed = try Samples.text(DriftSamples.wide, .table, width: width, detailed: true)
        for whole in [DriftSamples.longAddress, DriftSamples.longValue, "0000000000000001"] { #expect(detailed.contains(whole)) }
    }

    @Test func aPipeGetsOneLineAFindingOfBoundedWidth() throws {
        let text = try Samples.text(DriftSamples.wide, .table)
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("critical") || $0.hasPrefix("medium") }
        #expect(lines.count == 2 && lines.allSatisfy { $0.count <= 160 }, "\(lines)")
        #expect(try Samples.text(DriftSamples.wide, .table, detailed: true).contains(DriftSamples.longValue))
    }

    @Test func everyFindingOfADocumentHasAnIDOfItsOwn() {
        let pair = DriftSamples.report.pairs[0]
        var ids = DriftReport(pairs: [pair, pair, pair]).pairs.flatMap(\.findings).map(\.id)
        #expect(Set(ids).count == 12)
        #expect(ids.prefix(4) == pair.findings.map(\.id)[...])
        var numbered = pair
        numbered.findings[1].id = numbered.findings[0].id + "#2"
        ids = DriftReport(pairs: [numbered, numbered]).pairs.flatMap(\.findings).map(\.id)
        #expect(Set(ids).count == 8, "\(ids)")
    }

    @Test(arguments: [ReportFormat.table, .json, .markdown, .html])
    func diffLooksAsRecorded(format: ReportFormat) throws {
        try expectGolden(Samples.text(DriftSamples.change, format), "diff.\(format)")
    }

    @Test func statusFollowsThresholdBaselineAndProblems() {
        var report = DriftSamples.report
        #expect(report.status.rawValue == 2)
        for index in report.pairs[0].findings.indices { report.pairs[0].findings[index].isAccepted = true }
        #expect(report.status.rawValue == 0)
        report.problems = [Problem(reference: "dr:x", message: "is no state")]
        #expect(report.status.rawValue == 3, "never 0 when a state could not be read")
        report.pairs = []
        #expect(report.status.rawValue == 1)
    }

    /// What the SARIF 2.1.0 schema demands of the parts that this log has, and what code scanning needs besides.
    @Test(arguments: [DriftSamples.report, DriftSamples.evil])
    func sarifKeepsTheStandard(report: DriftReport) throws {
        let text = try Samples.text(report, .sarif)
        let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let runs = try #require(log["runs"] as? [[String: Any]])
        #expect(runs.count == 1)
        let driver = try #require((runs[0]["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "tfguard")
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(Set(rules).count == rules.count)
        let results = try #require(runs[0]["results"] as? [[String: Any]])
        #expect(results.count == report.pairs.flatMap(\.findings).count)
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index] == result["ruleId"] as? String)
            #expect(["none", "note", "warning", "error"].contains(result["level"] as? String))
            #expect(((result["message"] as? [String: Any])?["text"] as? String)?.isEmpty == false)
            #expect(["new", "unchanged"].contains(result["baselineState"] as? String))
            let prints = try #require(result["partialFingerprints"] as? [String: String])
            #expect(prints.values.allSatisfy { !$0.isEmpty })
            let places = try #require(result["locations"] as? [[String: Any]])
            let physical = try #require(places[0]["physicalLocation"] as? [String: Any])
            let uri = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
            #expect(URL(string: uri) != nil)
            #expect(uri.wholeMatch(of: /[A-Za-z0-9._~%\/-]+/) != nil, "\(uri)")
            #expect(((physical["region"] as? [String: Any])?["startLine"] as? Int) == 1)
        }
        let invocations = try #require(runs[0]["invocations"] as? [[String: Any]])
        #expect(invocations[0]["executionSuccessful"] as? Bool == report.problems.isEmpty)
    }

    @Test(arguments: [DriftSamples.report, DriftSamples.evil])
    func jUnitIsXMLWithTrueCounts(report: DriftReport) throws {
        let text = try Samples.text(report, .junit)
        let document = try XMLDocument(xmlString: text)
        for suite in try document.nodes(forXPath: "/testsuites/testsuite") {
            func number(_ name: String) throws -> Int { try #require(try suite.nodes(forXPath: "@\(name)").first?.stringValue.flatMap { Int($0) }) }
            #expect(try number("tests") == suite.nodes(forXPath: "testcase").count)
            #expect(try number("failures") == suite.nodes(forXPath: "testcase/failure").count)
            #expect(try number("skipped") == suite.nodes(forXPath: "testcase/skipped").count)
            #expect(try number("errors") == suite.nodes(forXPath: "testcase/error").count)
        }
    }

    @Test(arguments: ReportFormat.allCases)
    func hostileTextsDeceiveNobody(format: ReportFormat) throws {
        for text in [try Samples.text(DriftSamples.evil, format), format == .sarif || format == .junit ? "" : try Samples.text(DriftSamples.change, format)] {
            #expect(!text.unicodeScalars.contains("\u{202E}"))
            #expect(!text.unicodeScalars.contains("\u{7}"))
            guard format == .html || format == .junit else { continue }
            #expect(!text.contains("<img"))
            #expect(!text.contains("<script>document"))
        }
    }

    @Test func theFenceOfADiffOutlastsItsContent() throws {
        let text = try Samples.text(DriftSamples.change, .markdown)
        let fences = text.split(separator: "\n").filter { $0.hasPrefix("````") }
        #expect(fences.map(String.init) == ["````diff", "````"])
    }
}
