internal import S3
internal import Sites
internal import Timestamps

/// A state whose two sides differ: kept whole until the evidence is in. States in step are not.
struct OpenState: Sendable {
    var key: String
    var source: [S3ObjectVersion]
    var replica: [S3ObjectVersion]
    var pairing: VersionPairing
    /// What the doubtful pairs turned out to be, by their place on the primary side.
    var resolved: [Int: Resolution] = [:]
    /// What S3 says about versions without a counterpart.
    var sourceStatus: [Int: StatusAnswer] = [:]
    var replicaStatus: [Int: StatusAnswer] = [:]

    enum Resolution: Sendable, Hashable {
        case same, different
        /// Could not be compared.
        case open
    }

    enum StatusAnswer: Sendable, Hashable {
        case told(S3ReplicationStatus)
        /// The version has no status.
        case none
        case unreadable
    }

    init(key: String, source: [S3ObjectVersion], replica: [S3ObjectVersion]) {
        (self.key, self.source, self.replica) = (key, source, replica)
        pairing = VersionPairing(source: source, replica: replica)
    }

    /// Whether nothing but ids differs: then no evidence is needed.
    var isSettled: Bool {
        pairing.sourceOnly.isEmpty && pairing.replicaOnly.isEmpty && pairing.outOfOrder.isEmpty && staleCurrent == nil && pairing.pairs.allSatisfy { $0.agreement == .same }
    }

    /// The account of the state.
    /// - Parameters:
    ///   - rules: what the bucket's rules say about the key.
    ///   - snapshot: when the primary side was last seen, when the vault stands in for it.
    func ledger(_ rules: KeyCoverage, snapshot: Timestamp? = nil) -> StateLedger {
        var ledger = StateLedger(key: key, versions: source.count, deleteMarkers: source.count { $0.isDeleteMarker }, replicated: 0)
        var isWhole = [Int?](repeating: nil, count: source.count)
        for pair in pairing.pairs {
            let version = source[pair.source]
            let other = replica[pair.replica].versionID == version.versionID ? nil : replica[pair.replica].versionID
            if other != nil { ledger.renamed += 1 }
            switch resolution(of: pair) {
            case .same:
                ledger.replicated += 1
                isWhole[pair.source] = pair.replica
            case .different: ledger.different.append(LedgerLine(version: version, cause: .differentContent, counterpartID: other))
            case .open: ledger.unverified.append(LedgerLine(version: version, cause: .unverified, counterpartID: other))
            }
        }
        ledger.outOfOrder = pairing.outOfOrder.map { LedgerLine(version: source[$0], cause: .unknown) }
        ledger.missing = pairing.sourceOnly.map { missing($0, rules) }
        ledger.extra = pairing.replicaOnly.map { extra($0, snapshot) }
        ledger.staleCurrent = staleCurrent
        ledger.isOvergrown = replica.first.map { _ in pairing.replicaOnly.first == 0 } ?? false
        ledger.livesOnAfterDeletion = source.first?.isDeleteMarker == true && ledger.missing.first?.cause == .deleteMarkerByRule
            && ledger.missing.first?.version.versionID == source.first?.versionID
        ledger.recoveryPoint = recoveryPoint(isWhole, rules)
        if let newest = replica.first, ledger.extra.first?.cause == .newerThanSnapshot, ledger.isOvergrown {
            // The DR side is further than what the vault knows of the primary side: that is the recovery point.
            ledger.recoveryPoint = RecoveryPoint()
            ledger.recoveryPoint.versionID = newest.versionID
            ledger.recoveryPoint.replicaID = newest.versionID
            ledger.recoveryPoint.lastModified = newest.lastModified
            ledger.recoveryPoint.isDeleteMarker = newest.isDeleteMarker
            ledger.isOvergrown = false
        }
        return ledger
    }

    /// A server whose replication mixes up the order of writes may leave an older version current.
    private var staleCurrent: String? {
        guard let ours = source.firstIndex(where: \.isLatest), let theirs = replica.firstIndex(where: \.isLatest) else { return nil }
        guard let pair = pairing.pairs.first(where: { $0.source == ours }), pair.replica != theirs, !pairing.replicaOnly.contains(theirs) else { return nil }
        return replica[theirs].versionID
    }

    func resolution(of pair: VersionPairing.Pair) -> Resolution {
        switch pair.agreement {
        case .same: resolved[pair.source] ?? .same
        case .different: .different
        case .doubtful: resolved[pair.source] ?? .open
        }
    }

    private func missing(_ index: Int, _ rules: KeyCoverage) -> LedgerLine {
        let version = source[index]
        var line = LedgerLine(version: version, cause: .unknown)
        if version.isDeleteMarker {
            line.cause = rules.isKnown && !rules.isCovered ? .notCovered : rules.isKnown && !rules.replicatesDeleteMarkers ? .deleteMarkerByRule : .unknown
            return line
        }
        switch sourceStatus[index] {
        case .told(let status):
            line.status = status
            switch status {
            case .pending: line.cause = .pending
            case .failed: line.cause = .failed
            case .completed: line.cause = .completedButAbsent
            case .replica: line.cause = .isReplica
            case .other: line.cause = .unknown
            }
        case .some(.none): line.cause = !rules.isKnown ? .unknown : rules.isCovered ? .olderThanRule : .notCovered
        case .unreadable: line.cause = .unreadable
        case nil: line.cause = rules.isKnown && !rules.isCovered ? .notCovered : .unknown
        }
        return line
    }

    private func extra(_ index: Int, _ snapshot: Timestamp?) -> LedgerLine {
        var line = LedgerLine(version: replica[index], cause: .unknown)
        if let snapshot, line.version.lastModified > snapshot {
            line.cause = .newerThanSnapshot
            return line
        }
        switch replicaStatus[index] {
        case .told(.replica): (line.status, line.cause) = (.replica, .deletedOnPrimary)
        case .told(let status): (line.status, line.cause) = (status, .writtenOnDR)
        case .unreadable: line.cause = .unreadable
        case .some(.none), nil: break
        }
        return line
    }

    private func recoveryPoint(_ isWhole: [Int?], _ rules: KeyCoverage) -> RecoveryPoint {
        var point = RecoveryPoint()
        for index in source.indices {
            if let match = isWhole[index] {
                point.versionID = source[index].versionID
                point.replicaID = replica[match].versionID
                point.lastModified = source[index].lastModified
                point.isDeleteMarker = source[index].isDeleteMarker
                return point
            }
            // A marker that the rules keep away takes nothing along when it is lost.
            if source[index].isDeleteMarker, rules.isKnown, rules.isCovered, !rules.replicatesDeleteMarkers { continue }
            point.versionsAtRisk += 1
            point.oldestAtRisk = source[index].lastModified
        }
        return point
    }
}

/// What the replication rules of the source say about one key.
struct KeyCoverage: Sendable, Hashable {
    /// Whether the rules could be read, and there are any.
    var isKnown = false
    var isCovered = false
    var replicatesDeleteMarkers = false
}
