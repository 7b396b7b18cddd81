internal import Cryptography
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON
internal import TerraformState

/// A restore while it is being planned: the state's history, judged, and soon the version that comes.
struct RestoreDraft {
    let context: RestoreContext
    let list: VersionList
    let walk: HistoryWalk
    /// The history that the version comes from, when it is another site's.
    var origin: VersionList?

    init(context: RestoreContext, list: VersionList, walk: HistoryWalk) {
        self.context = context
        self.list = list
        self.walk = walk
    }

    /// The plan for putting some bytes in the state's place.
    func plan(_ blob: StateBlob, _ permissions: RestorePermissions) async throws -> RestorePlan {
        let source = ExaminedContent(blob.bytes, sha256: blob.sha256)
        try checkUsable(source, blob.reference)
        var cautions = list.notes + blob.notes.filter { !list.notes.contains($0) }
        try checkLineage(source, blob.reference, permissions, &cautions)
        let entry = list.entries.first.flatMap { $0.isListed ? $0 : nil }
        let hasCurrent = entry.map { !$0.isDeleteMarker } ?? false
        let current = hasCurrent ? walk.current?.content : nil
        let outcome = try await outcome(of: source, over: current, &cautions)
        let lock = StateLock(of: list.key, at: context.site, dynamoDB: context.dynamoDB)
        let digestBefore = try await lock.table?.digest()
        let digestAfter = lock.table.map { _ in StateDoctor.md5(outcome.bytes) }
        let known = try await newestReadable(current)
        cautions += self.cautions(source, known, lock)
        let guarding = outcome.writes ? await guarding() : .unknown
        cautions += [guarding.caution].compactMap(\.self)
        return RestorePlan(
            site: list.site, key: list.key, action: outcome.writes ? .write : digestAfter == digestBefore ? .nothing : .digest,
            from: current.map { .init($0, verdict: walk.current?.diagnosis.verdict ?? Verdict($0.reading.verdict), reference: list.reference, versionID: entry?.versionID) },
            current: entry, to: .init(source, verdict: Verdict(source.reading.verdict), reference: blob.reference, versionID: blob.entry?.versionID),
            newSerial: outcome.serial, lost: AffectedInstance.of(known?.reading.state, notIn: source.reading.state),
            returning: known?.reading.state == nil ? [] : AffectedInstance.of(source.reading.state, notIn: known?.reading.state), guarding: guarding,
            brokenLock: permissions.brokenLock, locks: lock.mechanisms,
            holders: try await StateLock(of: list.key, at: context.site, dynamoDB: context.dynamoDB, looksEverywhere: true).holders(),
            digestBefore: digestBefore, digestAfter: digestAfter, cautions: cautions, bytes: outcome.bytes,
            newSHA256: outcome.bytes.withUnsafeBytes { SHA256.hash($0) }.hex, attributes: try await attributes(blob),
            conditions: guarding == .unusable || guarding == .ignored ? .none : hasCurrent ? S3Conditions(ifMatch: entry?.etag) : .absent)
    }

    private func checkUsable(_ source: ExaminedContent, _ reference: String) throws(RestoreError) {
        switch Verdict(source.reading.verdict) {
        case .ok, .suspect, .encrypted: return
        case .unsupported where source.generation != nil: return
        default: break
        }
        let reason = source.reading.state?.problems.first { $0.effect != .suspicious }?.message ?? source.reading.form.description
        throw .unusableSource(reference: reference, reason: reason)
    }

    private func checkLineage(_ source: ExaminedContent, _ reference: String, _ permissions: RestorePermissions, _ cautions: inout [String]) throws(RestoreError) {
        let expected = walk.lastGood?.lineage ?? list.entries.first { $0.lineage != nil }?.lineage
        guard let expected, let lineage = source.generation?.lineage, !expected.isEmpty, !lineage.isEmpty, lineage != expected else { return }
        guard permissions.lineageChange else { throw .otherLineage(reference: reference, lineage: lineage, expected: expected) }
        cautions.append("the lineage changes from \(expected) to \(lineage)")
    }

    private func cautions(_ source: ExaminedContent, _ known: ExaminedContent?, _ lock: StateLock) -> [String] {
        var cautions: [String] = []
        if let state = source.reading.state {
            cautions += VersionSkew(
                source: state, known: known?.reading.state, lastGood: walk.lastGood?.terraformVersion, configured: context.site.settings.terraformVersion
            ).cautions
        }
        if !lock.isConfigured { cautions.append("the site names no lock: make sure that nobody runs Terraform meanwhile") }
        if let origin = context.origin, context.isReplica(of: origin) {
            cautions.append("\(context.site.name) is a replica of \(origin.name): the next write at \(origin.name) covers this one there; tfguard failover makes \(context.site.name) the one that is written to")
        }
        return cautions
    }

    /// AWS honours conditions; of others it has to be found out.
    private func guarding() async -> WriteGuarding {
        if let known = context.guarding { return known }
        if context.site.bucket.isOnAWS { return .honoured }
        return context.mayProbe ? await ConditionProbe(bucket: context.site.bucket, stateKey: list.key).run() : .unknown
    }
}
