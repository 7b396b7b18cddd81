internal import StateJSON
public import DynamoDB
internal import Findings
internal import S3
public import Sites
public import Snapshots
public import Timestamps

/// Judges states where they are: the current version, as much of the history as that takes, lock and digest.
public struct StateDoctor: Sendable {
    let catalog: StateCatalog
    let site: Site
    let dynamoDB: DynamoDBClient?
    let policy: Diagnosis.Policy
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - catalog: must know the site.
    ///   - dynamoDB: for sites with a lock table.
    public init(catalog: StateCatalog, site: Site, dynamoDB: DynamoDBClient?, policy: Diagnosis.Policy = .init(), now: @escaping @Sendable () -> Timestamp) {
        self.catalog = catalog
        self.site = site
        self.dynamoDB = dynamoDB
        self.policy = policy
        self.now = now
    }

    /// Judges bytes alone, without a history.
    public static func examine(_ blob: StateBlob) -> StateExamination {
        var judgement = HistoryJudgement()
        let diagnosis = judgement.judge(ExaminedContent(blob.bytes, sha256: blob.sha256), written: Timestamp(seconds: 0))
        var examination = StateExamination(reference: blob.reference, diagnosis: diagnosis)
        examination.bytes = blob.bytes
        examination.notes = blob.notes
        return examination
    }

    /// Judges one state of the site. The reference's version is not looked at: the current one is judged.
    ///
    /// - Throws: what finding the state throws: `ReferenceError`, `S3Error`, `VaultError`. What cannot be read afterwards is
    ///   in the result.
    public func examine(_ reference: SiteReference) async throws -> StateExamination {
        var reference = reference
        reference.version = .latest
        let list = try await catalog.versions(of: reference)
        let lock = StateLock(of: list.key, at: site, dynamoDB: dynamoDB, looksEverywhere: true)
        var failures: [StateExamination.Failure] = []
        let stored = await attempt("digest of \(list.reference)", &failures) { try await lock.table?.digest() } ?? nil
        let walk = try await HistoryWalk(list, catalog: catalog, bucket: site.bucket, policy: policy, digest: stored)
        var examination = StateExamination(reference: list.reference, diagnosis: diagnosis(list, walk))
        examination.current = list.entries.first
        examination.lastGood = walk.lastGood
        examination.bytes = walk.currentBytes
        examination.notes = list.notes
        examination.failures = failures + walk.failures
        if !list.origins.contains(.s3), !reference.fromVault {
            examination.failures.append(
                .init(reference: list.reference, message: "S3 did not answer: this was judged from the vault alone", hint: "check the site's access and try again"))
        }
        if lock.table != nil, failures.isEmpty {
            let actual = walk.currentBytes.map { Self.md5($0) }
            let digest = DigestExamination(stored: stored, actual: actual, owner: walk.digestOwner)
            examination.digest = digest
            examination.add(digest.symptoms(reference: list.reference, current: list.entries.first))
            if !digest.matches, examination.verdict == .ok { examination.verdict = .suspect }
        }
        var lockFailures: [StateExamination.Failure] = []
        examination.holders = await attempt("lock of \(list.reference)", &lockFailures) { try await lock.holders() }
        examination.failures += lockFailures
        examination.add((examination.holders ?? []).flatMap { symptoms(of: $0, reference: list.reference) })
        return examination
    }

    private func diagnosis(_ list: VersionList, _ walk: HistoryWalk) -> Diagnosis {
        if let current = walk.current { return current }
        let marker = list.entries.first?.isDeleteMarker == true
        let again = walk.existing > 0 ? "a plan would create \(walk.existing) resources that exist" : "a plan would create everything"
        return Diagnosis(
            verdict: .missing,
            symptom: Symptom(
                ruleID: marker ? "state.deleted" : "state.absent", severity: .critical,
                message: marker ? "the current version is a delete marker; Terraform takes that for an empty state: \(again)" : "there is no current version; \(again)",
                remedy: "tfguard restore \(list.reference) --to last-good puts the last good version back"))
    }

    private func symptoms(of holder: LockHolder, reference: String) -> [Symptom] {
        guard let info = holder.info else {
            return [
                Symptom(
                    ruleID: "lock.unreadable", severity: .high,
                    message: "a lock at \(holder.place) whose content cannot be read: neither a run nor terraform force-unlock can release it",
                    remedy: "tfguard unlock \(reference) --unreadable removes it")
            ]
        }
        if holder.isAbandoned {
            return [
                Symptom(
                    ruleID: "lock.abandoned", severity: .medium, message: "a tfguard run that has ended left its lock: \(holder)",
                    remedy: "the next tfguard restore releases it; so does tfguard unlock \(reference) --id \(info.id)")
            ]
        }
        let age = (info.created ?? holder.stored).map { now() - $0 } ?? .zero
        return [
            Symptom(
                ruleID: "lock.held", severity: age >= Self.longRun ? .medium : .info, message: "locked \(holder)",
                remedy: "if that run is gone for good, tfguard unlock \(reference) --id \(info.id)")
        ]
    }

    /// Longer than nearly all applies take.
    private static let longRun = Duration.seconds(3600)

    private func attempt<Value: Sendable>(_ subject: String, _ failures: inout [StateExamination.Failure], _ work: () async throws -> Value) async -> Value? {
        do {
            return try await work()
        } catch {
            let hint = (error as? S3Error)?.hint ?? (error as? DynamoDBError)?.hint ?? ""
            failures.append(.init(reference: subject, message: String(describing: error), hint: hint))
            return nil
        }
    }
}
