public import Findings
public import Timestamps

/// The parity of a primary and a DR site: what a person should act on, and what was put aside and why.
public struct DriftReport: Report {
    public var pairs: [Pair]
    /// Findings from this severity on set the exit status.
    public var failOn: Severity
    /// What the baseline accepted; nil when none was given.
    public var baseline: Baseline?
    /// The answer to `--explain`.
    public var explanation: DriftExplanation?
    /// Rules that did nothing in any pair.
    public var staleRules: [Rule]
    public var notices: [Notice]
    public var problems: [Problem]

    /// What a baseline did.
    public struct Baseline: Sendable {
        /// Ids in the baseline that no longer occur.
        public var gone: [String]

        public init(gone: [String]) {
            self.gone = gone
        }
    }

    /// A rule of the user's that did nothing, or whose day has passed.
    public struct Rule: Sendable, Hashable {
        public var rule: String
        public var reason: String
        public var cause: String
        /// Where the rule stands: FILE:LINE.
        public var place: String?

        public init(rule: String, reason: String, cause: String, place: String? = nil) {
            self.rule = rule
            self.reason = reason
            self.cause = cause
            self.place = place
        }

        var object: JSONObject {
            ["rule": .string(rule), "reason": .string(reason), "cause": .string(cause), "place": .string(place)]
        }
    }

    public init(
        pairs: [Pair], failOn: Severity = .info, baseline: Baseline? = nil, explanation: DriftExplanation? = nil, staleRules: [Rule] = [],
        notices: [Notice] = [], problems: [Problem] = []
    ) {
        self.pairs = Self.withUniqueIDs(pairs)
        self.failOn = failOn
        self.baseline = baseline
        self.explanation = explanation
        self.staleRules = staleRules
        self.notices = notices
        self.problems = problems
    }

    /// Baselines and code-scanning views key on ids: one that several findings of a document share is numbered from its
    /// second on.
    private static func withUniqueIDs(_ pairs: [Pair]) -> [Pair] {
        var uses: [String: Int] = [:]
        var taken = Set(pairs.flatMap(\.findings).map(\.id))
        var pairs = pairs
        for pair in pairs.indices {
            for index in pairs[pair].findings.indices {
                let id = pairs[pair].findings[index].id
                uses[id, default: 0] += 1
                guard var number = uses[id], number > 1 else { continue }
                while !taken.insert("\(id)#\(number)").inserted { number += 1 }
                pairs[pair].findings[index].id = "\(id)#\(number)"
                uses[id] = number
            }
        }
        return pairs
    }

    public var command: String { "drift" }

    public var status: ExitStatus {
        if !problems.isEmpty { return pairs.isEmpty ? .failure : .partial }
        return open.contains { $0.severity >= failOn } ? .findings : .success
    }

    /// The findings that no baseline accepted.
    var open: [Entry] { pairs.flatMap(\.findings).filter { !$0.isAccepted } }
    var accepted: [Entry] { pairs.flatMap(\.findings).filter(\.isAccepted) }

    public static var formats: [ReportFormat] { ReportFormat.allCases }

    public var findings: [Finding] { open.map(\.finding) }

    public var body: JSONObject {
        let counts = open.reduce(into: [:]) { $0[$1.severity, default: 0] += 1 }
        let severities = JSONObject(Severity.allCases.reversed().map { ($0.rawValue, .integer(counts[$0] ?? 0)) })
        let summary = severities + [
            "findings": .integer(open.count), "accepted": .integer(accepted.count), "pairs": .integer(pairs.count),
            "expected": .integer(pairs.reduce(0) { $0 + $1.expectedCount }),
        ]
        var body: JSONObject = ["pairs": .objects(pairs.map(\.object)), "summary": .object(summary), "stale_rules": .objects(staleRules.map(\.object))]
        if let baseline { body = body + ["baseline": .object(["accepted": .integer(accepted.count), "gone": .strings(baseline.gone)])] }
        if let explanation { body = body + ["explanation": .object(explanation.object)] }
        return body + ["fail_on": .string(failOn.rawValue), "notices": .objects(notices.map(\.object))]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        DriftPage(report: self, options: options).page
    }

    public func text(in format: ReportFormat, time: Timestamp) -> String? {
        switch format {
        case .html: DriftHTML(report: self, time: time).text
        case .sarif: JSONWriter.document(DriftSARIF(report: self).document)
        case .junit: DriftJUnit(report: self, time: time).text
        case .table, .json, .markdown: nil
        }
    }
}
