internal import AccessControl
internal import Findings
internal import S3

/// Whether S3 may assume the role, and whether the role may do what replication needs.
enum RoleLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source, let arn = facts.replication.value?.role, !arn.isEmpty else { return [] }
        switch facts.role?.reading {
        case nil: return [unknown(source, arn, "IAM was not asked")]
        case .unknown(let reason): return [unknown(source, arn, reason)]
        case .absent:
            return [
                Finding(
                    ruleID: "replication.role-absent", severity: .high, subject: source.subject,
                    message: "the role \(arn) of the replication rules does not exist: nothing can be replicated (AssumeRoleNotPermitted)",
                    remedy: "make the role again, or name another one in the replication configuration; then tfguard verify --batch-manifest for what was written meanwhile")
            ]
        case .read(let role, let policies):
            guard let requests = ReplicationRequests(facts, role: arn) else { return [] }
            return trust(source, role) + permissions(source, role, policies, requests)
        }
    }

    // MARK: Trust

    private static func trust(_ source: BucketFacts, _ role: IAMRole) -> [Finding] {
        guard let trust = role.trust else { return [unknown(source, role.arn, "its trust policy could not be understood")] }
        func verdict(_ service: String) -> PolicyVerdict { [trust].verdict(on: PolicyRequest("sts:AssumeRole", on: role.arn, by: .service(service))) }
        var findings: [Finding] = []
        switch verdict("s3.amazonaws.com") {
        case .allowed: break
        case .conditional(let keys): findings.append(unknown(source, role.arn, "whether S3 may assume it depends on \(list(keys))"))
        case .notAllowed, .denied:
            findings.append(
                Finding(
                    ruleID: "replication.role-not-assumable", severity: .high, subject: source.subject,
                    message: "the trust policy of \(role.arn) does not let s3.amazonaws.com assume the role: nothing is replicated (AssumeRoleNotPermitted)",
                    remedy: "add a statement to the trust policy that allows sts:AssumeRole to the service s3.amazonaws.com"))
        }
        if [.notAllowed, .denied].contains(verdict("batchoperations.s3.amazonaws.com")) {
            findings.append(
                Finding(
                    ruleID: "replication.role-batch", severity: .info, subject: source.subject,
                    message: "batchoperations.s3.amazonaws.com may not assume \(role.arn): a job of S3 Batch Replication, which brings missing versions over, needs another role",
                    remedy: "prepare a role for Batch Replication (s3:InitiateReplication) before the day that it is needed"))
        }
        return findings
    }

    // MARK: Permissions

    private static func permissions(_ source: BucketFacts, _ role: IAMRole, _ policies: [IAMPolicy], _ requests: ReplicationRequests) -> [Finding] {
        let documents = policies.compactMap(\.document)
        let obscure = policies.filter { $0.document == nil }.map(\.name)
        var findings: [Finding] = []
        var refused: [String] = []
        var conditions: Set<String> = []
        for request in requests.essential {
            switch documents.verdict(on: request) {
            case .allowed: break
            case .denied: refused.append("\(request.action) on \(request.resource) (denied)")
            // A policy that was not understood may allow it.
            case .notAllowed: if obscure.isEmpty { refused.append("\(request.action) on \(request.resource)") }
            case .conditional(let keys): conditions.formUnion(keys)
            }
        }
        if !refused.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.role-permission", severity: .high, subject: source.subject,
                    message: "the role \(role.arn) may not \(shortened(refused)): S3 cannot replicate", remedy: "allow it in a policy of the role; then tfguard verify --batch-manifest for what was written meanwhile"))
        }
        let untagged = Set(requests.tagging.filter { [.notAllowed, .denied].contains(documents.verdict(on: $0)) }.map(\.action))
        if !untagged.isEmpty, obscure.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.role-tags", severity: .info, subject: source.subject,
                    message: "the role may not \(list(untagged)): versions arrive, their tags may not; Terraform writes states without tags",
                    remedy: "allow s3:GetObjectVersionTagging and s3:ReplicateTags if states are tagged"))
        }
        if !obscure.isEmpty { findings.append(unknown(source, role.arn, "these policies could not be understood: \(list(Set(obscure)))")) }
        if !conditions.isEmpty { findings.append(unknown(source, role.arn, "what it may do depends on \(list(conditions))")) }
        if let boundary = role.boundaryARN { findings.append(unknown(source, role.arn, "the permissions boundary \(boundary) was not read, and may take away what the policies allow")) }
        return findings
    }

    private static func unknown(_ source: BucketFacts, _ arn: String, _ reason: String) -> Finding {
        Finding(
            ruleID: "replication.role-unknown", severity: .info, subject: source.subject,
            message: "whether S3 may assume the role \(arn), and what the role allows it, is not known for certain: \(reason); the ledger shows what really arrives",
            remedy: "allow iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy and iam:GetPolicyVersion on the role, or check it by hand")
    }

    private static func list(_ names: Set<String>) -> String { names.sorted().joined(separator: ", ") }

    private static func shortened(_ names: [String]) -> String {
        names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
    }
}
