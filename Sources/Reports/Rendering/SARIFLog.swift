import Findings

/// Findings as a SARIF 2.1.0 log (OASIS standard), which code-scanning views read.
///
/// States are no source files, so a result has a logical location only: the subject of the finding.
struct SARIFLog {
    func document(of findings: [Finding]) -> JSONNode {
        let rules = Set(findings.map(\.ruleID)).sorted()
        let driver: JSONObject = [
            "name": .string("tfguard"),
            "rules": .objects(rules.map { ["id": .string($0.description)] }),
        ]
        let run: JSONObject = [
            "tool": .object(["driver": .object(driver)]),
            "results": .objects(findings.map(result)),
        ]
        return .object([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .string("2.1.0"),
            "runs": .objects([run]),
        ])
    }

    private func result(of finding: Finding) -> JSONObject {
        let remedy = finding.remedy.map { " \($0)" } ?? ""
        let place: JSONObject = ["fullyQualifiedName": .string(finding.subject)]
        return [
            "ruleId": .string(finding.ruleID.description),
            "level": .string(level(of: finding.severity)),
            "message": .object(["text": .string(finding.message + remedy)]),
            "locations": .objects([["logicalLocations": .objects([place])]]),
            "properties": .object(["severity": .string(finding.severity.rawValue)]),
        ]
    }

    /// SARIF knows three levels (3.27.10); ours stays in the result's properties.
    private func level(of severity: Severity) -> String {
        switch severity {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low, .info: "note"
        }
    }
}
