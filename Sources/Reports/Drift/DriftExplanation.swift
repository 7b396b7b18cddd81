import Findings

/// Why one instance was paired and judged as it was: the answer to `--explain`.
public struct DriftExplanation: Sendable {
    public var address: String
    public var counterpart: Counterpart?
    public var findings: [DriftReport.Entry]
    public var expected: [DriftReport.ExpectedEntry]

    /// The two instances that stand for each other, and how that was found.
    public struct Counterpart: Sendable {
        public var primaryAddress: String
        public var drAddress: String
        public var basis: String
        /// 0 to 1.
        public var confidence: Double

        public init(primaryAddress: String, drAddress: String, basis: String, confidence: Double) {
            self.primaryAddress = primaryAddress
            self.drAddress = drAddress
            self.basis = basis
            self.confidence = confidence
        }

        /// Hundredths, as text.
        var percent: Int { Int((confidence * 100).rounded()) }
    }

    public init(address: String, counterpart: Counterpart?, findings: [DriftReport.Entry], expected: [DriftReport.ExpectedEntry]) {
        self.address = address
        self.counterpart = counterpart
        self.findings = findings
        self.expected = expected
    }

    var object: JSONObject {
        let pair: JSONNode = counterpart.map { pair in
            .object([
                "primary_address": .string(pair.primaryAddress), "dr_address": .string(pair.drAddress), "basis": .string(pair.basis),
                "confidence": .number("\(Double(pair.percent) / 100)"),
            ])
        } ?? .null
        return [
            "address": .string(address), "counterpart": pair, "findings": .objects(findings.map(\.object)),
            "expected": .objects(expected.map(\.object)),
        ]
    }

    /// As blocks of a page.
    func blocks(_ options: PageOptions) -> [ReportBlock] {
        var facts = [Fact("address", .verbatim(address))]
        if let counterpart {
            facts.append(Fact("counterpart", Phrase([.verbatim(counterpart.primaryAddress), .words(" ↔ "), .verbatim(counterpart.drAddress)])))
            facts.append(Fact("found by", .words("\(counterpart.basis), confidence \(counterpart.percent) %")))
        } else {
            facts.append(Fact("counterpart", .words("none", .bad)))
        }
        var blocks: [ReportBlock] = [.facts(facts)]
        if !findings.isEmpty { blocks += [.heading("Findings")] + DriftTables.findings(findings, options) }
        if !expected.isEmpty { blocks += [.heading("Expected differences"), .table(DriftTables.expected(expected))] }
        if findings.isEmpty, expected.isEmpty { blocks.append(.paragraph("Nothing differs.")) }
        return blocks
    }
}
