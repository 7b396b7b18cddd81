import Findings
import Timestamps

/// Drift as JUnit XML: a suite a pair of stacks, a failed case an open finding, a skipped one an accepted finding.
struct DriftJUnit {
    let report: DriftReport
    let time: Timestamp

    var text: String {
        // JUnit's schema wants a time without zone; it is UTC.
        let stamp = String(time.rfc3339.prefix(19))
        let suites = report.pairs.map { suite($0, stamp: stamp) } + (report.problems.isEmpty ? [] : [errors(stamp: stamp)])
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" + suites.joined() + "</testsuites>\n"
    }

    private func suite(_ pair: DriftReport.Pair, stamp: String) -> String {
        let findings = DriftOrder.sorted(pair.findings)
        let cases = findings.isEmpty ? ["    <testcase classname=\"tfguard drift\" name=\"no findings\"/>\n"] : findings.map(testCase)
        let failures = findings.count { !$0.isAccepted }
        return "  <testsuite name=\"\(XMLText.escape(pair.title))\" tests=\"\(cases.count)\" failures=\"\(failures)\" "
            + "errors=\"0\" skipped=\"\(findings.count - failures)\" timestamp=\"\(stamp)\">\n" + cases.joined() + "  </testsuite>\n"
    }

    private func testCase(_ entry: DriftReport.Entry) -> String {
        let name = XMLText.escape("\(entry.ruleID) \(entry.attribute.map { "\(entry.address).\($0)" } ?? entry.address)")
        let start = "    <testcase classname=\"\(XMLText.escape("drift.\(entry.componentTitle)"))\" name=\"\(name)\">"
        let message = XMLText.escape(entry.message)
        let content = entry.isAccepted
            ? "<skipped message=\"accepted by the baseline\"/>"
            : "<failure type=\"\(XMLText.escape(entry.severity.rawValue))\" message=\"\(message)\">\(message)</failure>"
        return start + content + "</testcase>\n"
    }

    private func errors(stamp: String) -> String {
        let cases = report.problems.map { problem in
            "    <testcase classname=\"tfguard drift\" name=\"\(XMLText.escape(problem.reference))\">"
                + "<error message=\"\(XMLText.escape(problem.message))\">\(XMLText.escape(problem.hint))</error></testcase>\n"
        }
        return "  <testsuite name=\"what could not be compared\" tests=\"\(cases.count)\" failures=\"0\" errors=\"\(cases.count)\" skipped=\"0\" "
            + "timestamp=\"\(stamp)\">\n" + cases.joined() + "  </testsuite>\n"
    }
}
