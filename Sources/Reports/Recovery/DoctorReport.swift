public import Findings
public import Timestamps

/// What `tfguard doctor` found.
public struct DoctorReport: Report {
    public var states: [State]
    public var failOn: Severity
    public var notices: [Notice]
    public var problems: [Problem]

    /// One state and what is wrong with it.
    public struct State: Sendable {
        public var reference: String
        /// `ok suspect invalid unreadable repairable encrypted unsupported checksum missing`
        public var verdict: String
        public var symptoms: [Symptom]
        public var lastGood: Version?
        public var holders: [LockHolderRow]?
        public var digest: Digest?
        /// What Terraform would do with the state as it lies there.
        public var terraformNow: String?
        /// The command that heals the state.
        public var nextCommand: String?

        public init(reference: String, verdict: String, symptoms: [Symptom], lastGood: Version?, holders: [LockHolderRow]?, digest: Digest?) {
            self.reference = reference
            self.verdict = verdict
            self.symptoms = symptoms
            self.lastGood = lastGood
            self.holders = holders
            self.digest = digest
        }

        /// Whether nothing is wrong with the file and its history.
        public var isSound: Bool { verdict == "ok" || verdict == "encrypted" }
    }

    /// One thing that is wrong.
    public struct Symptom: Sendable {
        public var ruleID: String
        public var severity: Severity
        public var message: String
        public var remedy: String?
        public var byteOffset: Int?
        public var address: String?

        public init(ruleID: String, severity: Severity, message: String, remedy: String?, byteOffset: Int?, address: String?) {
            self.ruleID = ruleID
            self.severity = severity
            self.message = message
            self.remedy = remedy
            self.byteOffset = byteOffset
            self.address = address
        }
    }

    /// A version by what people know it by.
    public struct Version: Sendable {
        public var versionID: String
        public var serial: UInt64?
        public var lastModified: Timestamp

        public init(versionID: String, serial: UInt64?, lastModified: Timestamp) {
            self.versionID = versionID
            self.serial = serial
            self.lastModified = lastModified
        }
    }

    /// The digest in the lock table beside the current version.
    public struct Digest: Sendable {
        public var stored: String?
        public var actual: String?
        public var matches: Bool
        /// The version that the stored digest belongs to.
        public var owner: Version?

        public init(stored: String?, actual: String?, matches: Bool, owner: Version?) {
            self.stored = stored
            self.actual = actual
            self.matches = matches
            self.owner = owner
        }
    }

    public init(states: [State], failOn: Severity, notices: [Notice] = [], problems: [Problem] = []) {
        self.states = states
        self.failOn = failOn
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "doctor" }
    public static var formats: [ReportFormat] { ReportFormat.allCases }

    public var status: ExitStatus {
        if !problems.isEmpty { return .partial }
        return states.contains { !$0.isSound } || findings.contains { $0.severity >= failOn } ? .findings : .success
    }

    public var findings: [Finding] {
        states.flatMap { state in
            state.symptoms.map { symptom in
                Finding(
                    ruleID: RuleID(symptom.ruleID), severity: symptom.severity, subject: symptom.address.map { "\(state.reference) \($0)" } ?? state.reference,
                    message: symptom.message, remedy: symptom.remedy)
            }
        }
    }

    public var body: JSONObject {
        ["states": .objects(states.map(\.object)), "notices": .objects(notices.map(\.object))]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        DoctorPage(report: self).page
    }
}

extension DoctorReport.State {
    var object: JSONObject {
        [
            "reference": .string(reference),
            "verdict": .string(verdict),
            "problems": .objects(symptoms.map(\.object)),
            "last_good": lastGood.map { .object($0.object) } ?? .null,
            "lock": holders.map { .object(["held": .bool(!$0.isEmpty), "holders": .objects($0.map(\.object))]) } ?? .null,
            "digest": digest.map { .object($0.object) } ?? .null,
            "terraform_now": .string(terraformNow),
            "next_command": .string(nextCommand),
        ]
    }
}

extension DoctorReport.Symptom {
    var object: JSONObject {
        [
            "rule_id": .string(ruleID), "severity": .string(severity.rawValue), "message": .string(message), "remedy": .string(remedy),
            "byte_offset": .integer(byteOffset), "address": .string(address),
        ]
    }
}

extension DoctorReport.Version {
    var object: JSONObject {
        ["version_id": .string(versionID), "serial": .integer(serial), "last_modified": .string(lastModified.rfc3339)]
    }
}

extension DoctorReport.Digest {
    var object: JSONObject {
        [
            "stored": .string(stored), "actual": .string(actual), "matches": .bool(matches),
            "belongs_to": owner.map { .object($0.object) } ?? .null,
        ]
    }
}
