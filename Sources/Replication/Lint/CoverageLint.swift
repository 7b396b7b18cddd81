internal import Findings
internal import S3
internal import Sites

/// Whether the rules reach every state: today's keys, and the workspaces of tomorrow.
enum CoverageLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source, !facts.enabledRules.isEmpty else { return [] }
        var findings: [Finding] = []
        let open = facts.enabledRules.filter(\.tags.isEmpty)
        if open.count < facts.enabledRules.count {
            let isDecisive = facts.stateKeys.contains { !facts.coverage(of: $0).isCovered } || open.isEmpty
            findings.append(
                Finding(
                    ruleID: "replication.tag-filter", severity: isDecisive ? .high : .info, subject: source.subject,
                    message: "a rule replicates tagged objects only; Terraform writes states without tags, and tags added later do not count",
                    remedy: "filter by prefix, not by tag"))
        }
        let uncovered = facts.stateKeys.filter { !facts.coverage(of: $0).isCovered }
        if !uncovered.isEmpty, !open.isEmpty {
            let names = uncovered.prefix(5).joined(separator: ", ") + (uncovered.count > 5 ? " and \(uncovered.count - 5) more" : "")
            findings.append(
                Finding(
                    ruleID: "replication.prefix-not-covered", severity: .high, subject: source.subject,
                    message: "no enabled rule covers \(names)", remedy: "widen the rule's prefix; what exists already needs S3 Batch Replication (--batch-manifest)"))
        }
        let workspaces = source.site.workspaceKeyPrefix + "/"
        let probe = "\(workspaces)any/\(source.site.prefix ?? "")terraform.tfstate"
        if !open.isEmpty, !source.site.workspaceKeyPrefix.isEmpty, !facts.coverage(of: probe).isCovered, !facts.stateKeys.contains(where: { $0.utf8.starts(with: workspaces.utf8) }) {
            findings.append(
                Finding(
                    ruleID: "replication.workspaces-not-covered", severity: .info, subject: source.subject,
                    message: "the rules do not reach \(workspaces), where Terraform stores named workspaces: there are none yet, and the first one would not be replicated",
                    remedy: "add a rule for \(workspaces), or one without prefix"))
        }
        return findings
    }
}
