internal import Sites
internal import Snapshots

extension StateDoctor {
    /// Holds a state against its copy at another site, and adds what is out of step.
    func compare(_ list: VersionList, _ walk: HistoryWalk, with pair: PairedSite, _ examination: inout StateExamination) async {
        let key = counterpart(of: list.key, at: pair.site)
        let reference = "\(pair.site.name):\(key)"
        let other = await attempt("copy \(reference)", &examination.failures) { try await side(SiteReference(site: pair.site.name, key: key), reference) }
        guard let other else { return }
        // Only what S3 itself shows tells of replication.
        guard list.origins.contains(.s3) else { return }
        let own = ReplicaComparison.Side(reference: list.reference, entries: list.entries.filter(\.isListed), content: walk.current?.content)
        let comparison = ReplicaComparison(
            origin: pair.isOrigin ? other : own, copy: pair.isOrigin ? own : other, recoveryPoint: pair.recoveryPoint, now: now())
        examination.add(comparison.symptoms)
    }

    private func side(_ reference: SiteReference, _ text: String) async throws -> ReplicaComparison.Side {
        var side = ReplicaComparison.Side(reference: text, entries: [], content: nil)
        let list: VersionList
        do {
            list = try await catalog.versions(of: reference)
        } catch let error as ReferenceError {
            switch error.reason {
            case .noSuchKey(nearest: _), .noStates: return side
            default: throw error
            }
        }
        guard list.key.utf8.elementsEqual((reference.key ?? "").utf8) else { return side }
        side.entries = list.entries.filter(\.isListed)
        guard let newest = side.entries.first, !newest.isDeleteMarker else { return side }
        let blob = try await catalog.read(newest, of: list)
        side.content = ExaminedContent(blob.bytes, sha256: blob.sha256)
        return side
    }

    /// The key of the copy: replication keeps keys, unless the two sites name different prefixes for the same states.
    private func counterpart(of key: String, at other: Site) -> String {
        let (own, others) = (site.settings.prefix ?? "", other.settings.prefix ?? "")
        return !own.isEmpty && !others.isEmpty && own != others && key.utf8.starts(with: own.utf8)
            ? others + String(key.unicodeScalars.dropFirst(own.unicodeScalars.count)) : key
    }
}
