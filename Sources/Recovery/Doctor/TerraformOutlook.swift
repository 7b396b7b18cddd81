internal import Findings

/// What Terraform would do with a state as it lies there now.
struct TerraformOutlook {
    let examination: StateExamination
    /// How many objects exist that the newest readable version knows.
    let existing: Int

    init(_ examination: StateExamination, existing: Int) {
        self.examination = examination
        self.existing = existing
    }

    /// One sentence.
    var words: String {
        var sentences: [String] = []
        if let holder = examination.holders?.first {
            sentences.append("every plan and apply is refused while \(holder.info?.who ?? "an unreadable lock") holds the lock")
        }
        if let digest = examination.digest, !digest.matches {
            sentences.append("every command waits ten seconds and fails, because the digest in the lock table is another's; were it removed: \(reading)")
        } else {
            sentences.append(reading)
        }
        return sentences.joined(separator: "; otherwise: ")
    }

    private var reading: String {
        switch examination.verdict {
        case .ok: "plan and apply work"
        case .encrypted: "OpenTofu reads it with its key; Terraform refuses it"
        case .unsupported: has("state.legacy-state") ? "Terraform reads it, and writes it in the format of today with the next apply" : "Terraform refuses to read it"
        case .checksum: "Terraform reads whatever bytes S3 gives out, and may not notice"
        case .missing: has("version.unreadable") ? "Terraform fails to read it, as this did" : "Terraform takes it for an empty state: \(creation)"
        case .unreadable, .repairable:
            has("state.zero-bytes") ? "Terraform takes it for an empty state: \(creation)"
                : has("state.invalid-utf-8") ? "Terraform reads it, and replaces the damaged characters by question marks when it writes next" : refusal
        case .invalid: invalid
        case .suspect: suspect
        }
    }

    private var refusal: String { "Terraform refuses to read it: plan, apply and state push all fail" }

    private var creation: String {
        existing > 0 ? "a plan would create \(existing) resources that exist" : "a plan would create everything"
    }

    private var invalid: String {
        if has("state.missing-resources") || has("state.backend-cache") { return "Terraform reads it as an empty state: \(creation)" }
        if has("state.invalid-provider") || has("state.provider-on-instances") {
            return "Terraform drops the resources whose provider it cannot read, and a plan would create them again"
        }
        return has("state.missing-lineage") || has("state.missing-serial") ? "Terraform reads it, and nothing protects it from being overwritten" : refusal
    }

    private var suspect: String {
        if has("history.emptied") { return "Terraform reads it: unless everything was destroyed, \(creation)" }
        if has("history.shrunk") { return "Terraform reads it, and a plan would create again what is missing, unless it was destroyed" }
        if has("history.lineage-changed") { return "Terraform reads it without a word, and a plan compares it with whatever the configuration says" }
        return "Terraform reads it without a word"
    }

    private func has(_ rule: RuleID) -> Bool { examination.symptoms.contains { $0.ruleID == rule } }
}
