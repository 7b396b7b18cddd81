internal import Findings
internal import S3
internal import Timestamps

/// What the ledger means: one finding for each state and cause, never one for each version.
struct LedgerFindings {
    let from: String
    let to: String
    let now: Timestamp
    let objective: Duration?
    /// A side was read from the vault: what it lacks may only be newer than the last snapshot.
    let isFromVault: Bool

    func findings(of state: StateLedger) -> [Finding] {
        let subject = "\(from):\(state.key)"
        var findings = LedgerLine.Cause.allCases.compactMap { cause -> Finding? in
            let lines = state.missing.filter { $0.cause == cause }
            return lines.isEmpty ? nil : missing(lines, cause, state, subject)
        }
        if state.replicated + state.different.count + state.unverified.count == 0, state.versions > state.deleteMarkers, !state.missing.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.state-missing", severity: .critical, subject: subject,
                    message: "\(to) has no version of this state at all", remedy: "see the causes above; tfguard verify --copy-missing brings its current version over"))
        }
        if !state.different.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.version-different", severity: .critical, subject: subject,
                    message: "\(count(state.different.count)) on both sides with different content: \(names(state.different))",
                    remedy: "find out who wrote it (tfguard diff \(from):\(state.key) \(to):\(state.key)); trust the primary side and the vault, not the DR copy"))
        }
        if !state.unverified.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.unverified", severity: .medium, subject: subject,
                    message: "the content of \(count(state.unverified.count)) could not be compared: sizes agree, ETags do not, and neither checksums nor bytes could be had",
                    remedy: "allow s3:GetObjectVersion (and kms:Decrypt) on both sides, or run with --deep"))
        }
        if let extra = extra(state) { findings.append(extra) }
        if !state.outOfOrder.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.order-conflict", severity: .medium, subject: subject,
                    message: "\(count(state.outOfOrder.count)) stand in another order on \(to): another version may be current there",
                    remedy: "compare tfguard versions \(from):\(state.key) and \(to):\(state.key)"))
        }
        if let current = state.staleCurrent, !isFromVault {
            findings.append(
                Finding(
                    ruleID: "replication.current-differs", severity: .high, subject: "\(to):\(state.key)",
                    message: "all versions are there, but \(to) takes \(current) for the current one, which it is not on \(from): Terraform would read an old state after a failover",
                    remedy: "run again in a moment; if it stays, write the current version anew: tfguard restore"))
        }
        if state.livesOnAfterDeletion {
            findings.append(
                Finding(
                    ruleID: "replication.state-lives-on", severity: .low, subject: subject,
                    message: "it was deleted on \(from); its delete marker is not replicated by the rules, so on \(to) the state is still current",
                    remedy: "replicate delete markers, or delete it there too if that is what was meant"))
        }
        if let objective, state.recoveryPoint.exposure(at: now) > objective {
            findings.append(
                Finding(
                    ruleID: "replication.recovery-point-exceeded", severity: .high, subject: subject,
                    message: "a failover now would lose \(Self.span(state.recoveryPoint.exposure(at: now))) of changes (\(count(state.recoveryPoint.versionsAtRisk))); the objective is \(Self.span(objective))",
                    remedy: "tfguard verify --batch-manifest for S3 Batch Replication, or --copy-missing for the current version"))
        }
        return findings
    }

    private func missing(_ lines: [LedgerLine], _ cause: LedgerLine.Cause, _ state: StateLedger, _ subject: String) -> Finding {
        let what = "\(count(lines.count)) of \(state.versions) not on \(to)"
        let named = names(lines)
        let batch = "tfguard verify --batch-manifest FILE, then S3 Batch Replication"
        func finding(_ rule: RuleID, _ severity: Severity, _ message: String, _ remedy: String) -> Finding {
            Finding(ruleID: rule, severity: severity, subject: subject, message: message, remedy: remedy)
        }
        switch cause {
        case .pending:
            let age = lines.map { now - $0.version.lastModified }.max() ?? .zero
            let isLate = age > (objective ?? VerifyOptions.usualLag)
            return finding(
                "replication.pending", isLate ? .high : .medium,
                "\(what): PENDING for up to \(Self.span(age)): \(named)",
                isLate ? "S3 never gives up on PENDING by itself: check the DR bucket, the role and the KMS keys" : "wait and run again: PENDING is normal for some minutes")
        case .failed:
            return finding("replication.failed", .high, "\(what): S3 FAILED to copy them and will not try again: \(named)", "remove the cause (versioning, role, key, owner), then \(batch)")
        case .completedButAbsent:
            return finding(
                "replication.completed-but-absent", .high, "\(what), though S3 says COMPLETED: they were deleted there: \(named)",
                "find out who deletes versions on \(to); neither S3 nor S3 Batch Replication copies again what was deleted by its version id: copy it in place on \(from) (S3 Batch Copy), or tfguard verify --copy-missing for the current version")
        case .olderThanRule:
            return finding("replication.older-than-rule", .medium, "\(what): older than the rule, which only takes what is written after it: \(named)", batch)
        case .notCovered:
            return finding("replication.version-not-covered", .high, "\(what): no enabled rule covers the key: \(named)", "widen the rule's filter, then \(batch)")
        case .deleteMarkerByRule:
            return finding("replication.delete-marker-not-replicated", .info, "\(what): delete markers, which the rules leave out", "nothing, if that is what was meant")
        case .isReplica:
            return finding("replication.replica-of-replica", .high, "\(what): they are copies themselves, and S3 does not copy copies on: \(named)", "replicate from the first bucket to both, or \(batch)")
        default:
            return finding(
                isFromVault ? "replication.missing-in-vault-view" : "replication.version-missing", isFromVault ? .medium : .high,
                "\(what)\(cause == .unreadable ? " (why is unknown: its status may not be read)" : ""): \(named)",
                isFromVault ? "run again when both sides answer" : "check that replication runs, then run again; tfguard verify --copy-missing brings the current version over")
        }
    }

    private func extra(_ state: StateLedger) -> Finding? {
        guard !state.extra.isEmpty else { return nil }
        if state.extra.allSatisfy({ $0.cause == .newerThanSnapshot }) {
            return Finding(
                ruleID: "replication.newer-than-snapshot", severity: .info, subject: "\(to):\(state.key)",
                message: "\(count(state.extra.count)) on \(to) newer than the vault's last snapshot of \(from)")
        }
        let deleted = state.extra.allSatisfy { $0.cause == .deletedOnPrimary }
        if deleted {
            return Finding(
                ruleID: "replication.deleted-on-primary", severity: .medium, subject: "\(to):\(state.key)",
                message: "\(count(state.extra.count)) on \(to) that \(from) no longer has: deleted there after they were copied: \(names(state.extra))",
                remedy: "find out who deletes versions on \(from); \(to) and the vault still have them")
        }
        return Finding(
            ruleID: "replication.extra-version", severity: isFromVault ? .medium : state.isOvergrown ? .critical : .high, subject: "\(to):\(state.key)",
            message: "\(count(state.extra.count)) on \(to) that \(from) does not have\(state.isOvergrown ? ", the current one among them: the two sides have parted" : ""): \(names(state.extra))",
            remedy: isFromVault
                ? "they may be newer than the vault's last snapshot; run again when both sides answer"
                : "either somebody wrote to \(to), or the versions were deleted on \(from): compare with tfguard versions, and decide which side is right before any failover")
    }

    /// Ids and serials of the newest few.
    private func names(_ lines: [LedgerLine]) -> String {
        let shown = lines.prefix(10).map { line in
            line.serial.map { "serial \($0) (\(line.version.versionID))" } ?? (line.version.isDeleteMarker ? "delete marker " : "") + line.version.versionID
        }
        return shown.joined(separator: ", ") + (lines.count > shown.count ? " and \(lines.count - shown.count) more" : "")
    }

    private func count(_ number: Int) -> String { number == 1 ? "1 version" : "\(number) versions" }

    /// `40 s`, `12 min`, `5 h 20 min`, `3 d 4 h`.
    static func span(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        return switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
        default: "\(seconds / 86_400) d \(seconds % 86_400 / 3_600) h"
        }
    }
}
