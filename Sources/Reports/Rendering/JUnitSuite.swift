import Findings
import Timestamps

/// Findings as a JUnit test suite: one failed case a finding, one passed case when there is none.
struct JUnitSuite {
    let time: Timestamp

    func text(of findings: [Finding], command: String) -> String {
        let name = XMLText.escape("tfguard \(command)")
        let cases = findings.map { finding in
            let title = XMLText.escape("\(finding.ruleID) \(finding.subject)")
            let message = XMLText.escape(finding.message)
            let kind = XMLText.escape(finding.severity.rawValue)
            let remedy = XMLText.escape(finding.remedy ?? "")
            return "    <testcase classname=\"\(name)\" name=\"\(title)\"><failure type=\"\(kind)\" message=\"\(message)\">\(remedy)</failure></testcase>\n"
        }
        let content = cases.isEmpty ? "    <testcase classname=\"\(name)\" name=\"no findings\"/>\n" : cases.joined()
        // JUnit's schema wants a time without zone; it is UTC.
        let stamp = XMLText.escape(String(time.rfc3339.prefix(19)))
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="\(name)" tests="\(max(1, findings.count))" failures="\(findings.count)" timestamp="\(stamp)">
            \(content)  </testsuite>
            </testsuites>

            """
    }
}
