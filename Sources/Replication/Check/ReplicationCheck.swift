internal import Findings
internal import S3
internal import Sites
public import Timestamps
public import Vault

/// Proves that replication from one site to another really happens: `tfguard verify`.
///
/// Both sides are listed at once; states in step cost nothing more. Evidence is asked for where the listings differ. The two
/// sides fail independently: what one of them does not tell is taken from the vault.
public struct ReplicationCheck: Sendable {
    let source: VerifySide
    let replica: VerifySide
    let vault: BackupVault?
    let options: VerifyOptions
    let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - vault: serials, lost resources, lag, and the view of a side that does not answer come from it; nil works without.
    ///   - now: the time; tests pass their own.
    public init(from source: VerifySide, to replica: VerifySide, vault: BackupVault?, options: VerifyOptions = VerifyOptions(), now: @escaping @Sendable () -> Timestamp) {
        (self.source, self.replica, self.vault) = (source, replica, vault)
        (self.options, self.now) = (options, now)
    }

    /// Runs the check.
    /// - Parameter progress: told how far it is; called from any thread.
    /// - Throws: `CancellationError`. Everything else is in the result's problems.
    public func run(progress: @escaping VerifyProgress.Listener = { _ in }) async throws -> VerifyResult {
        var result = VerifyResult(from: source.name, to: replica.name, time: now())
        result.objective = options.recoveryPoint
        async let facts = readFacts()
        let log = await observations(&result)
        let listing = ListingStage(source: source, replica: replica, vault: vault, options: options, before: log.last, progress: progress)
        var (scan, comparison) = try await listing.run(&result)
        var configuration = try await facts
        configuration.stateKeys = scan.inStep.filter { $0.versions > 0 }.map(\.key) + scan.open.filter { !$0.source.isEmpty }.map(\.key)

        let report = try await EvidenceCollector(comparison, sourceName: source.name, options: options).collect(&scan.open, progress: progress)
        result.problems += report.problems
        complete(&configuration, scan, statusesSeen: report.statusesSeen)
        configuration.lastSnapshot = try? await lastSnapshot()
        if result.sourceOrigin == .bucket { configuration.sourceTable = try await LockTableReader(side: source, options: options).read(scan.sourceCurrents, progress: progress) }
        if result.replicaOrigin == .bucket { configuration.destinationTable = try await LockTableReader(side: replica, options: options).read(scan.replicaCurrents, progress: progress) }
        try await AccessReader(source: source, replica: replica).read(&configuration)

        progress(VerifyProgress(.analysing, states: scan.states, done: 0, total: scan.open.count))
        result.states = try await ledgers(scan, configuration, result)
        judge(&result, scan, configuration, report, lastObservation: log.last)
        if options.recordsObservation { await remember(&result, scan, log) } else { result.lag = ReplicationLag(log) }
        return result
    }

    // MARK: Settings

    private func readFacts() async throws -> ReplicationFacts {
        async let ours = settings(of: source.site)
        async let theirs = settings(of: replica.site)
        async let rules = rules()
        return ReplicationFacts(source: try await ours, destination: try await theirs, replication: try await rules, now: now())
    }

    private func settings(of site: Site?) async throws -> BucketFacts? {
        guard let site else { return nil }
        // A side that is down is asked once, not eight times.
        if case .unknown(let error) = try await BucketFacts.setting({ try await site.bucket.versioning() }), [.transport, .deadline, .noSuchBucket].contains(error.kind) { return nil }
        return try await BucketFacts.read(site, limit: options.parallel)
    }

    private func rules() async throws -> S3Setting<S3ReplicationConfiguration> {
        guard let site = source.site else { return .notSupported }
        return try await BucketFacts.setting { try await site.bucket.replication() }
    }

    /// What only the listings tell about the settings.
    private func complete(_ facts: inout ReplicationFacts, _ scan: LedgerScan, statusesSeen: Int) {
        let isOwnServer = source.settings.access.endpoints.s3 != nil
        let arrives = scan.inStep.contains { $0.replicated > 0 } || scan.open.contains { !$0.pairing.pairs.isEmpty }
        facts.arrivesWithoutRules = isOwnServer && arrives && statusesSeen == 0
        facts.usesLockFiles = source.settings.lock.useLockfile == true || scan.ignored[.lockFile, default: 0] > 0
    }

    private func lastSnapshot() async throws -> Timestamp? {
        try await vault?.snapshots().first { $0.sites.contains { $0.name == source.name } }?.time
    }

    // MARK: Ledger

    private func ledgers(_ scan: LedgerScan, _ facts: ReplicationFacts, _ result: VerifyResult) async throws -> [StateLedger] {
        let contents = VersionContents(
            vault: vault, source: result.sourceOrigin == .bucket ? source.site : nil, replica: result.replicaOrigin == .bucket ? replica.site : nil,
            sourceName: source.name, replicaName: replica.name)
        var states: [StateLedger] = []
        let analysis = LossAnalysis(contents: contents)
        let limit = options.analysedStates
        var snapshot: Timestamp?
        if case .vault(let time) = result.sourceOrigin { snapshot = time }
        let open = scan.open.map { [snapshot] in ($0, $0.ledger(facts.coverage(of: $0.key), snapshot: snapshot)) }
        var budget = limit
        var analysed: [(OpenState, StateLedger)] = []
        for (state, ledger) in open {
            if !ledger.isInStep || ledger.recoveryPoint.versionsAtRisk > 0, budget > 0 {
                budget -= 1
                analysed.append((state, ledger))
            } else {
                states.append(ledger)
            }
        }
        // Two states at a time: each may hold two of them in memory.
        try await forEachBounded(analysed, limit: 2) { try await analysis.analyse($0.0, $0.1) } take: { states.append($0) }
        states += scan.inStep
        states.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return try await withSerials(states, contents)
    }

    /// The serials of recovery points that are not known yet: from the vault, and when there are few, from the first bytes.
    private func withSerials(_ states: [StateLedger], _ contents: VersionContents) async throws -> [StateLedger] {
        let unknown = states.indices.filter { states[$0].recoveryPoint.serial == nil && states[$0].recoveryPoint.versionID != nil && !states[$0].recoveryPoint.isDeleteMarker }
        let asksS3 = unknown.count <= options.serialRequests
        guard asksS3 || vault != nil else { return states }
        var states = states
        try await forEachBounded(unknown.map { ($0, states[$0]) }, limit: options.parallel) { index, state -> (Int, UInt64?) in
            let memory = await contents.memory(of: state.key)
            let point = state.recoveryPoint
            if let known = memory.source?.versions.first(where: { $0.listed.versionID == point.versionID })?.summary?.serial { return (index, known) }
            guard asksS3 else { return (index, nil) }
            let version = S3ObjectVersion(
                key: state.key, versionID: point.versionID ?? "", isLatest: false, lastModified: point.lastModified ?? Timestamp(seconds: 0), etag: "", size: 1024)
            return (index, try await contents.serial(of: version, replicaID: point.replicaID, VersionContents.Memory(), asksS3: true))
        } take: { index, serial in
            states[index].recoveryPoint.serial = serial
        }
        return states
    }

    // MARK: Judgement

    private func judge(_ result: inout VerifyResult, _ scan: LedgerScan, _ facts: ReplicationFacts, _ report: EvidenceCollector.Report, lastObservation: ReplicationObservation?) {
        let isFromVault = result.sourceOrigin != .bucket || result.replicaOrigin != .bucket
        let ledger = LedgerFindings(from: source.name, to: replica.name, now: result.time, objective: options.recoveryPoint, isFromVault: isFromVault)
        var findings = ConfigurationLint.findings(facts)
        // With one side unseen, and nothing known of it, there is nothing to compare.
        if result.sourceOrigin != .nowhere, result.replicaOrigin != .nowhere { findings += result.states.flatMap { ledger.findings(of: $0) } }
        findings += scan.locks.map { lock in
            Finding(
                ruleID: "replication.lock-on-dr", severity: lock.isHeldOnSource ? .info : .medium, subject: "\(replica.name):\(lock.key)",
                message: lock.isHeldOnSource
                    ? "the lock that is held on \(source.name) at this moment was copied here"
                    : "a lock object is current here and none is held on \(source.name): after a failover Terraform would be refused with 412",
                remedy: lock.isHeldOnSource ? nil : "remove it at failover, once nobody works on the state")
        }
        if result.states.isEmpty, result.sourceOrigin == .bucket, result.replicaOrigin == .bucket {
            findings.append(
                Finding(
                    ruleID: "replication.nothing-to-verify", severity: .high, subject: "\(source.name) (s3://\(source.settings.bucket))",
                    message: "no state was found on either side: nothing is proven", remedy: "check bucket, prefix and --state"))
        }
        if report.unaskedStatuses > 0 || report.uncomparedPairs > 0 {
            findings.append(
                Finding(
                    ruleID: "replication.evidence-limited", severity: .info, subject: source.name,
                    message: "there was too much to ask about: the status of \(report.unaskedStatuses) versions and the content of \(report.uncomparedPairs) pairs were not looked at",
                    remedy: "narrow the run with --state, or compare all bytes with --deep"))
        }
        if isFromVault, let last = lastObservation, !last.missing.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.missing-at-last-run", severity: .medium, subject: "\(replica.name) (s3://\(replica.settings.bucket))",
                    message: "when both sides last answered, on \(last.time.rfc3339), \(last.missing.count) versions had not arrived: \(last.missing.prefix(10).map { "\($0.key)@id=\($0.versionID)" }.joined(separator: ", "))",
                    remedy: "take them from the vault: tfguard versions, tfguard restore"))
        }
        result.ignored = Dictionary(uniqueKeysWithValues: scan.ignored.map { ($0.key.rawValue, $0.value) })
        result.findings = findings.sorted { ($1.severity, $0.ruleID, $0.subject) < ($0.severity, $1.ruleID, $1.subject) }
    }

    // MARK: Lag

    /// Runs that the lag is worked out from, at most. Notes of older runs are deleted: nobody reads them any more.
    static let observationLimit = 200

    private func observations(_ result: inout VerifyResult) async -> [ReplicationObservation] {
        guard let vault else { return [] }
        do {
            return try await vault.observations(newest: Self.observationLimit).notes.compactMap { ReplicationObservation(bytes: $0) }
                .filter { $0.from == source.name && $0.to == replica.name }
        } catch {
            result.problems.append(VerifyProblem(error, reference: "vault", doing: "earlier runs could not be read"))
            return []
        }
    }

    private func remember(_ result: inout VerifyResult, _ scan: LedgerScan, _ log: [ReplicationObservation]) async {
        guard let vault, result.sourceOrigin == .bucket, result.replicaOrigin == .bucket else {
            result.lag = ReplicationLag(log)
            return
        }
        let missing = result.states.flatMap { state in
            state.missing.filter { $0.cause != .deleteMarkerByRule }.map { ObservedVersion(key: state.key, versionID: $0.version.versionID, lastModified: $0.version.lastModified) }
        }
        var observation = ReplicationObservation(
            time: result.time, from: source.name, to: replica.name, missing: Array(missing.prefix(ReplicationObservation.limit)))
        if let before = log.last { observation.note(scan.arrived, since: before) }
        do {
            try await vault.addObservation(observation.bytes, at: result.time)
            // A vault that takes no deletions keeps its notes, and is none the worse for it.
            try? await vault.pruneObservations(keeping: Self.observationLimit)
        } catch {
            result.problems.append(VerifyProblem(error, reference: "vault", doing: "this run could not be remembered"))
        }
        result.lag = ReplicationLag(log + [observation])
    }
}
