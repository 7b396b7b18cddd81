public import DynamoDB
internal import Findings
internal import S3
public import Sites
public import Snapshots
internal import StateJSON
public import Timestamps

/// Judges states where they are: the current version, as much of the history as that takes, lock, digest and replica.
public struct StateDoctor: Sendable {
    let catalog: StateCatalog
    let site: Site
    let dynamoDB: DynamoDBClient?
    let pairs: [PairedSite]
    let policy: Diagnosis.Policy
    let fences: FenceWatch?
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - catalog: must know the site, and those it is paired with.
    ///   - dynamoDB: for sites with a lock table.
    ///   - pairs: the sites whose copies are compared.
    ///   - fences: for sites that take part in a failover.
    public init(
        catalog: StateCatalog, site: Site, dynamoDB: DynamoDBClient?, pairs: [PairedSite] = [], policy: Diagnosis.Policy = .init(), fences: FenceWatch? = nil,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.catalog = catalog
        self.site = site
        self.dynamoDB = dynamoDB
        self.pairs = pairs
        self.policy = policy
        self.fences = fences
        self.now = now
    }

    /// Judges one state of the site: its current version with lock, digest and replica, or the version that the reference
    /// names, with what came before that.
    ///
    /// - Throws: what finding the state throws: `ReferenceError`, `S3Error`, `VaultError`. What cannot be read afterwards is
    ///   in the result.
    public func examine(_ reference: SiteReference) async throws -> StateExamination {
        guard reference.version == .latest else { return try await examine(version: reference) }
        let list = try await catalog.versions(of: reference)
        let lock = StateLock(of: list.key, at: site, dynamoDB: dynamoDB, looksEverywhere: true)
        var failures: [StateExamination.Failure] = []
        let stored = await attempt("digest of \(list.reference)", &failures) { try await lock.table?.digest() } ?? nil
        let walk = try await HistoryWalk(list, catalog: catalog, bucket: site.bucket, policy: policy, digest: stored)
        var examination = StateExamination(reference: list.reference, diagnosis: diagnosis(list, walk))
        examination.take(list, walk)
        examination.failures = failures + walk.failures
        if !list.origins.contains(.s3), !reference.fromVault {
            examination.failures.append(
                .init(reference: list.reference, message: "S3 did not answer: this was judged from the vault alone", hint: "check the site's access and try again"))
        }
        if lock.table != nil, failures.isEmpty {
            let actual = walk.current?.content.map { Self.md5($0.bytes) }
            let digest = DigestExamination(stored: stored, actual: actual, owner: walk.digestOwner)
            examination.digest = digest
            examination.add(digest.symptoms(reference: list.reference, current: list.entries.first))
            if !digest.matches, examination.verdict == .ok { examination.verdict = .suspect }
        }
        var lockFailures: [StateExamination.Failure] = []
        examination.holders = await attempt("lock of \(list.reference)", &lockFailures) { try await lock.holders() }
        examination.failures += lockFailures
        examination.add(LockExamination(holders: examination.holders ?? [], reference: list.reference, configured: configuredHalves(list.key), site: site.settings, now: now()).symptoms)
        for pair in pairs { await compare(list, walk, with: pair, &examination) }
        try await lookAtFences(of: list.key, &examination)
        examination.terraformNow = TerraformOutlook(examination, existing: walk.existing).words
        return examination
    }

    /// Judges one version against what came before it.
    private func examine(version reference: SiteReference) async throws -> StateExamination {
        let blob = try await catalog.read(.site(reference))
        var list = try await catalog.versions(of: SiteReference(site: reference.site, key: blob.key ?? reference.key, fromVault: reference.fromVault))
        let index = list.entries.firstIndex { $0.versionID == blob.entry?.versionID && $0.etag == blob.entry?.etag }
        guard let index else { return Self.examine(blob) }
        list.entries.removeSubrange(..<index)
        let walk = try await HistoryWalk(list, catalog: catalog, bucket: nil, policy: policy, digest: nil)
        var examination = StateExamination(reference: blob.reference, diagnosis: diagnosis(list, walk))
        examination.take(list, walk)
        examination.failures = walk.failures
        return examination
    }

    /// Judges bytes alone, or after older ones of the same state.
    ///
    /// - Parameter predecessors: oldest first.
    public static func examine(_ blob: StateBlob, after predecessors: [StateBlob] = [], policy: Diagnosis.Policy = .init()) -> StateExamination {
        var judgement = HistoryJudgement(policy: policy)
        var existing = 0
        for predecessor in predecessors {
            let content = ExaminedContent(predecessor.bytes, sha256: predecessor.sha256)
            _ = judgement.judge(content, written: Timestamp(seconds: 0))
            existing = content.objects.count
        }
        let content = ExaminedContent(blob.bytes, sha256: blob.sha256)
        var examination = StateExamination(reference: blob.reference, diagnosis: judgement.judge(content, written: Timestamp(seconds: 0)))
        examination.take(content)
        examination.notes = blob.notes + predecessors.map { "judged against \($0.reference)" }
        examination.terraformNow = TerraformOutlook(examination, existing: max(existing, content.objects.count)).words
        return examination
    }

    private func diagnosis(_ list: VersionList, _ walk: HistoryWalk) -> Diagnosis {
        if let current = walk.current?.diagnosis { return current }
        let marker = list.entries.first?.isDeleteMarker == true
        let again = walk.existing > 0 ? "a plan would create \(walk.existing) resources that exist" : "a plan would create everything"
        return Diagnosis(
            verdict: .missing,
            symptom: Symptom(
                ruleID: marker ? "state.deleted" : "state.absent", severity: .critical,
                message: marker ? "the current version is a delete marker; Terraform takes that for an empty state: \(again)" : "there is no current version; \(again)",
                remedy: "tfguard restore \(list.reference) --to last-good puts the last good version back"))
    }

    private func configuredHalves(_ key: String) -> Int {
        let lock = StateLock(of: key, at: site, dynamoDB: dynamoDB)
        return (lock.file == nil ? 0 : 1) + (lock.table == nil ? 0 : 1)
    }

    func attempt<Value: Sendable>(_ subject: String, _ failures: inout [StateExamination.Failure], _ work: () async throws -> Value) async -> Value? {
        do {
            return try await work()
        } catch {
            let hint = (error as? S3Error)?.hint ?? (error as? DynamoDBError)?.hint ?? ""
            failures.append(.init(reference: subject, message: String(describing: error), hint: hint))
            return nil
        }
    }
}
