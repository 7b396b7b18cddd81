internal import S3
internal import Sites
internal import Timestamps
internal import Vault

/// Takes the merged keys one by one and keeps what matters: a count for states in step, everything for the others.
struct LedgerScan {
    private let configured: StateSelection
    private let wanted: StateSelection
    private let known: Set<StateID>
    private let siteName: String
    private let comparesBytes: Bool
    private let notesCurrents: (source: Bool, replica: Bool)
    private let examinedObjects: Int
    private let since: Timestamp?
    private let awaited: [[UInt8]: Set<String>]

    private(set) var inStep: [StateLedger] = []
    var open: [OpenState] = []
    /// Keys whose content decides whether they are states.
    private(set) var unclear: [Pair] = []
    private(set) var ignored: [IgnoredReason: Int] = [:]
    /// Lock objects that are current on the DR side.
    private(set) var locks: [Lock] = []
    private(set) var sourceVersions = 0
    private(set) var replicaVersions = 0
    /// Whether a replica with the id of its source was seen.
    private(set) var sawEqualIDs = false
    /// States that are in step as far as the listings tell, and wait for their bytes to be compared.
    private(set) var waiting: [OpenState] = []
    private(set) var waitingVersions = 0
    /// What is current on each side, where a lock table holds digests of it.
    private(set) var sourceCurrents: [CurrentVersion] = []
    private(set) var replicaCurrents: [CurrentVersion] = []
    /// Versions in step that were written since the last run.
    private(set) var arrived: [ObservedVersion] = []

    struct Pair: Sendable {
        var source: KeyVersions?
        var replica: KeyVersions?
        var key: String { source?.key ?? replica?.key ?? "" }
    }

    struct Lock: Sendable {
        var key: String
        var isHeldOnSource: Bool
    }

    /// - Parameters:
    ///   - known: states of the vault, which stay states whatever they are called.
    ///   - notesCurrents: of which sides the current versions are noted.
    ///   - before: versions written since then, or missed then, are noted in ``arrived``.
    init(site: SiteSettings, options: VerifyOptions, known: Set<StateID>, notesCurrents: (source: Bool, replica: Bool), before: ReplicationObservation?) {
        configured = StateSelection(include: site.states.compactMap(Glob.init), exclude: site.exclude.compactMap(Glob.init))
        wanted = StateSelection(include: options.states)
        (siteName, self.known, self.notesCurrents) = (site.name, known, notesCurrents)
        (comparesBytes, examinedObjects, since) = (options.comparesBytes, options.examinedObjects, before?.time)
        awaited = Dictionary(before?.missing.map { (Array($0.key.utf8), [$0.versionID]) } ?? [], uniquingKeysWith: { $0.union($1) })
    }

    mutating func take(_ source: KeyVersions?, _ replica: KeyVersions?) {
        let pair = Pair(source: source, replica: replica)
        if let reason = configured.exclusion(of: pair.key) ?? wanted.exclusion(of: pair.key) {
            if pair.key.hasSuffix(".tflock") { noteLock(pair) }
            return leaveOut(reason)
        }
        if known.contains(StateID(site: siteName, key: pair.key)) { return account(pair) }
        let size = [source?.largestSize, replica?.largestSize].compactMap(\.self).max()
        switch ObjectCandidate(key: pair.key, largestSize: size) {
        case .state: account(pair)
        case .ignored(let reason):
            if reason == .lockFile { noteLock(pair) }
            leaveOut(reason)
        case .unknown:
            if unclear.count < examinedObjects { unclear.append(pair) } else { leaveOut(.notExamined) }
        }
    }

    /// A key that is a state for sure.
    mutating func account(_ pair: Pair) {
        let (source, replica) = (pair.source?.versions ?? [], pair.replica?.versions ?? [])
        sourceVersions += source.count
        replicaVersions += replica.count
        if notesCurrents.source, !source.isEmpty { sourceCurrents.append(CurrentVersion(key: pair.key, versions: source)) }
        if notesCurrents.replica, !replica.isEmpty { replicaCurrents.append(CurrentVersion(key: pair.key, versions: replica)) }
        guard VersionPairing.isInStep(source, replica) else { return keep(OpenState(key: pair.key, source: source, replica: replica)) }
        guard comparesBytes else { return settle(pair.key, source) }
        waiting.append(OpenState(key: pair.key, source: source, replica: replica))
        waitingVersions += source.count
    }

    /// States so far.
    var states: Int { inStep.count + open.count + waiting.count }

    /// Takes the states that wait for a comparison of their bytes.
    mutating func takeWaiting() -> [OpenState] {
        defer { (waiting, waitingVersions) = ([], 0) }
        return waiting
    }

    /// Files a state whose bytes were compared.
    mutating func file(_ state: OpenState) {
        if state.pairing.pairs.allSatisfy({ state.resolution(of: $0) == .same }) { settle(state.key, state.source) } else { keep(state) }
    }

    private mutating func settle(_ key: String, _ source: [S3ObjectVersion]) {
        sawEqualIDs = true
        inStep.append(Self.settled(key, source))
        noteArrivals(key, source)
    }

    private mutating func keep(_ state: OpenState) {
        if state.pairing.pairs.contains(where: { $0.basis == .versionID }) { sawEqualIDs = true }
        noteArrivals(state.key, state.pairing.pairs.lazy.filter { $0.agreement == .same }.map { state.source[$0.source] })
        open.append(state)
    }

    mutating func leaveOut(_ reason: IgnoredReason) { ignored[reason, default: 0] += 1 }

    /// Versions that are on both sides now and were not at the run before.
    private mutating func noteArrivals(_ key: String, _ versions: some Sequence<S3ObjectVersion>) {
        guard let since else { return }
        let missed = awaited.isEmpty ? nil : awaited[Array(key.utf8)]
        for version in versions {
            guard arrived.count < ReplicationObservation.limit else { return }
            if version.lastModified > since || missed?.contains(version.versionID) == true {
                arrived.append(ObservedVersion(key: key, versionID: version.versionID, lastModified: version.lastModified))
            } else if missed == nil {
                // Newest first: what follows is older still.
                return
            }
        }
    }

    private mutating func noteLock(_ pair: Pair) {
        guard let current = pair.replica?.versions.first(where: \.isLatest), !current.isDeleteMarker else { return }
        let held = pair.source?.versions.first(where: \.isLatest).map { !$0.isDeleteMarker } ?? false
        locks.append(Lock(key: pair.key, isHeldOnSource: held))
    }

    private static func settled(_ key: String, _ source: [S3ObjectVersion]) -> StateLedger {
        var ledger = StateLedger(key: key, versions: source.count, deleteMarkers: source.count { $0.isDeleteMarker }, replicated: source.count)
        guard let newest = source.first else { return ledger }
        ledger.recoveryPoint.versionID = newest.versionID
        ledger.recoveryPoint.replicaID = newest.versionID
        ledger.recoveryPoint.lastModified = newest.lastModified
        ledger.recoveryPoint.isDeleteMarker = newest.isDeleteMarker
        return ledger
    }
}
