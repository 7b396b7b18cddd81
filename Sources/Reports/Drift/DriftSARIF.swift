import Findings

/// Drift findings as a SARIF 2.1.0 log: https://docs.oasis-open.org/sarif/sarif/v2.1.0/
///
/// `partialFingerprints` hold the finding's stable id, so that a code-scanning view recognises it in the next run; what a
/// baseline accepts is `unchanged`. A state is no source file: the place is its reference, the line is always the first.
struct DriftSARIF {
    let report: DriftReport

    var document: JSONNode {
        let entries = report.pairs.flatMap { pair in pair.findings.map { (pair, $0) } }
        let rules = Set(entries.map(\.1.ruleID)).sorted()
        let positions = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
        let driver: JSONObject = [
            "name": .string("tfguard"),
            "rules": .objects(rules.map { ["id": .string($0.description), "shortDescription": .object(["text": .string(Self.words(of: $0))])] }),
        ]
        let notifications: [JSONObject] = report.problems.map { problem in
            ["level": .string("error"), "message": .object(["text": .string("\(problem.reference): \(problem.message)")])]
        }
        let invocation: JSONObject = [
            "executionSuccessful": .bool(report.problems.isEmpty), "exitCode": .integer(report.status.rawValue),
            "toolExecutionNotifications": .objects(notifications),
        ]
        let run: JSONObject = [
            "tool": .object(["driver": .object(driver)]), "invocations": .objects([invocation]),
            "results": .objects(entries.map { result($1, in: $0, rule: positions[$1.ruleID] ?? 0) }),
        ]
        return .object([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"), "version": .string("2.1.0"), "runs": .objects([run]),
        ])
    }

    private func result(_ entry: DriftReport.Entry, in pair: DriftReport.Pair, rule: Int) -> JSONObject {
        let name = entry.attribute.map { "\(entry.address).\($0)" } ?? entry.address
        let file: JSONObject = ["uri": .string(Self.uri(pair.dr?.reference ?? pair.primary?.reference ?? "state"))]
        let place: JSONObject = [
            "physicalLocation": .object(["artifactLocation": .object(file), "region": .object(["startLine": .integer(1)])]),
            "logicalLocations": .objects([["fullyQualifiedName": .string(name), "kind": .string("resource")]]),
        ]
        let result: JSONObject = [
            "ruleId": .string(entry.ruleID.description), "ruleIndex": .integer(rule), "level": .string(Self.level(entry.severity)),
            "message": .object(["text": .string("\(name): \(entry.message)")]), "locations": .objects([place]),
            "partialFingerprints": .object(["tfguardFinding/v1": .string(entry.id)]),
            "properties": .object([
                "severity": .string(entry.severity.rawValue), "class": .string(entry.findingClass), "component": .string(entry.component),
                "primary_address": .string(entry.primaryAddress), "dr_address": .string(entry.drAddress),
            ]),
        ]
        guard report.baseline != nil else { return result }
        return result + ["baselineState": .string(entry.isAccepted ? "unchanged" : "new")]
    }

    /// A relative URI with nothing in it that URIs reserve (RFC 3986 2.3), slashes apart.
    static func uri(_ reference: String) -> String {
        var uri = ""
        for byte in reference.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "/") where !uri.isEmpty:
                uri += "/"
            case UInt8(ascii: "/"):
                break
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return uri.isEmpty ? "state" : uri
    }

    /// `drift.names-the-primary` as `names the primary`.
    private static func words(of rule: RuleID) -> String {
        rule.description.split(separator: ".").dropFirst().joined(separator: ": ").split(separator: "-").joined(separator: " ")
    }

    /// SARIF knows three levels (3.27.10); ours stays in the result's properties.
    private static func level(_ severity: Severity) -> String {
        switch severity {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low, .info: "note"
        }
    }
}
