internal import Findings
internal import StateJSON
internal import TerraformState

extension Diagnosis {
    /// What one file shows of itself.
    ///
    /// - Parameter existing: how many managed objects the version before it had: what `terraform plan` would create again.
    static func symptoms(ofFileIn content: ExaminedContent, existing: Int) -> [Symptom] {
        let form = content.reading.form
        guard let state = content.reading.state else {
            let outside = Symptom(
                ruleID: RuleID("state.\(form.code)"), severity: severity(of: form), message: form.description + consequence(of: form, existing: existing),
                remedy: remedy(for: form), byteOffset: form.byteOffset)
            let inside = (content.reading.wrapped?.state).map { symptoms(of: $0, existing: existing) } ?? []
            return [outside] + inside.map { symptom in
                // Places inside are none of the file's.
                var symptom = symptom
                symptom.byteOffset = nil
                return symptom
            }
        }
        return symptoms(of: state, existing: existing)
    }

    private static func symptoms(of state: TerraformState, existing: Int) -> [Symptom] {
        state.problems.map { problem in
            Symptom(
                ruleID: RuleID("state.\(problem.code.rawValue)"), severity: severity(of: problem.effect), message: problem.message + consequence(of: problem, existing: existing),
                remedy: remedy(for: problem), byteOffset: problem.offset, address: problem.address)
        }
    }

    private static func severity(of form: StateForm) -> Severity {
        switch form.verdict {
        case .ok: .info
        case .encrypted: .info
        case .unsupported: .medium
        case .suspect: .high
        case .repairable, .invalid, .unreadable: .critical
        }
    }

    private static func severity(of effect: StateProblem.Effect) -> Severity {
        switch effect {
        case .refused, .dropped: .critical
        case .incomplete: .critical
        case .suspicious: .high
        }
    }

    /// What Terraform 1.x does with such a file (measured with 1.11.4).
    private static func consequence(of form: StateForm, existing: Int) -> String {
        let again = existing > 0 ? "a plan would create \(existing) resources that exist" : "a plan would create everything"
        switch form {
        case .zeroBytes: return existing > 0 ? "; \(again)" : ""
        case .backendCache: return "; Terraform reads it as an empty state: \(again)"
        case .invalidUTF8: return "; Terraform reads it without a word and replaces them when it writes next"
        case .encrypted, .state, .legacy: return ""
        case .futureVersion, .binaryState: return "; Terraform refuses it"
        default: return "; Terraform refuses it, and so does terraform state push"
        }
    }

    private static func consequence(of problem: StateProblem, existing: Int) -> String {
        switch (problem.effect, problem.code) {
        case (.refused, _): "; Terraform refuses the whole file"
        case (.incomplete, .missingResources): existing > 0 ? "; a plan would create \(existing) resources that exist" : ""
        default: ""
        }
    }

    private static func remedy(for form: StateForm) -> String? {
        switch form.verdict {
        case .repairable: "tfguard doctor REF --repair FILE writes the exact state that is inside; tfguard adopt FILE REF puts it back"
        case .unreadable, .invalid: "tfguard restore puts the last good version back"
        case .unsupported: "read it with the Terraform that wrote it, or with a newer tfguard"
        case .ok, .suspect, .encrypted: nil
        }
    }

    private static func remedy(for problem: StateProblem) -> String? {
        switch problem.effect {
        case .refused, .dropped, .incomplete: "tfguard restore puts the last good version back"
        case .suspicious:
            problem.code == .sharedID ? "keep one address: terraform state rm the other" : nil
        }
    }
}

extension StateForm {
    /// Where the damage begins, when the form knows it.
    var byteOffset: Int? {
        switch self {
        case .nulBytes(let offset, _), .mergeConflict(let offset), .truncated(let offset), .twoDocuments(let offset), .trailingBytes(let offset), .invalidUTF8(let offset):
            offset
        case .syntaxError(let error): error.offset
        default: nil
        }
    }
}
