internal import S3
internal import Sites
internal import Timestamps
internal import Vault

/// Lists both sides, with the vault in the place of a side that does not answer.
struct ListingStage: Sendable {
    let source: VerifySide
    let replica: VerifySide
    let vault: BackupVault?
    let options: VerifyOptions
    /// The run before this one.
    let before: ReplicationObservation?
    let progress: VerifyProgress.Listener

    /// What was found, and with what contents are compared from now on.
    func run(_ result: inout VerifyResult) async throws -> (LedgerScan, ContentComparison) {
        let layout = StateLayout(source.settings)
        var known: Set<StateID> = []
        if let vault { known = Set((try? await vault.states(of: source.name)) ?? []) }
        result.problems += [source.obstacle, replica.obstacle].compactMap(\.self)
        var sourceFeed = await feed(source, layout, &result.sourceOrigin)
        var replicaFeed = await feed(replica, layout, &result.replicaOrigin)
        var isSorted = true
        while true {
            var scan = LedgerScan(
                site: source.settings, options: options, known: known,
                notesCurrents: (source.settings.lock.dynamodbTable != nil, replica.settings.lock.dynamodbTable != nil), before: before)
            let comparison = ContentComparison(
                source: result.sourceOrigin == .bucket ? source.site : nil, replica: result.replicaOrigin == .bucket ? replica.site : nil, vault: vault,
                sourceName: source.name, comparesBytes: options.comparesBytes)
            let deep = DeepComparison(comparison: comparison, parallel: options.parallel, progress: progress)
            do {
                let merge = KeyMerge(source: sourceFeed, replica: replicaFeed, order: KeyOrder(layout))
                let take = { (ours: KeyVersions?, theirs: KeyVersions?) async throws in
                    scan.take(ours, theirs)
                    progress(VerifyProgress(.listing, states: scan.states, done: scan.sourceVersions))
                    try await deep.settle(&scan)
                }
                if isSorted {
                    try await merge.inStep(take)
                } else {
                    try await merge.throughTable(take)
                }
                try await examine(&scan, result)
                try await deep.settle(&scan, isEnd: true)
                return (scan, comparison)
            } catch is KeyMerge.Unsorted {
                isSorted = false
            } catch let failure as KeyMerge.SideFailure {
                let side = failure.side == .source ? source : replica
                result.problems.append(VerifyProblem(failure.error, reference: side.name, doing: "its versions could not be listed"))
                if failure.side == .source {
                    sourceFeed = await fallback(side, layout, &result.sourceOrigin, wasVault: result.sourceOrigin != .bucket)
                } else {
                    replicaFeed = await fallback(side, layout, &result.replicaOrigin, wasVault: result.replicaOrigin != .bucket)
                }
            }
        }
    }

    private func feed(_ side: VerifySide, _ layout: StateLayout, _ origin: inout VerifyResult.Origin) async -> SideFeed {
        if let site = side.site { return .bucket(site.bucket, layout) }
        return await fallback(side, layout, &origin, wasVault: false)
    }

    /// What the vault knows of a side; nothing when it knows nothing, or cannot be read either.
    private func fallback(_ side: VerifySide, _ layout: StateLayout, _ origin: inout VerifyResult.Origin, wasVault: Bool) async -> SideFeed {
        guard !wasVault, let vault, let states = try? await vault.states(of: side.name), !states.isEmpty else {
            origin = .nowhere
            return .nothing
        }
        let snapshot = try? await vault.snapshots().first { $0.sites.contains { $0.name == side.name } }
        origin = .vault(snapshot?.time)
        return .vault(vault, site: side.name, layout)
    }

    /// Looks into objects whose name does not tell whether they are states: the first kilobyte of the newest version.
    private func examine(_ scan: inout LedgerScan, _ result: VerifyResult) async throws {
        let unclear = scan.unclear
        guard !unclear.isEmpty else { return }
        let ours = result.sourceOrigin == .bucket ? source.site : nil
        let theirs = result.replicaOrigin == .bucket ? replica.site : nil
        var verdicts: [(LedgerScan.Pair, ContentSniffer.Verdict)] = []
        try await forEachBounded(unclear, limit: options.parallel) { pair in
            for (site, versions) in [(ours, pair.source), (theirs, pair.replica)] {
                guard let site, let newest = versions?.newestContent, newest.size >= ObjectCandidate.smallestState else { continue }
                do {
                    let head = try await site.bucket.getObject(
                        key: newest.key, versionID: newest.versionID, range: .bytes(0..<min(newest.size, Int64(ContentSniffer.headLength))))
                    return (pair, ContentSniffer.judge(head.bytes))
                } catch is S3Error {
                    continue
                }
            }
            return (pair, .ignored(.unreadable))
        } take: { verdicts.append($0) }
        for (pair, verdict) in verdicts {
            switch verdict {
            case .state: scan.account(pair)
            case .ignored(let reason): scan.leaveOut(reason)
            }
        }
    }
}
