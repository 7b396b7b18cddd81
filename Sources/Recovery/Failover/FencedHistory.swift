internal import Cryptography
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON
internal import TerraformState
internal import Timestamps

/// What each side wrote of its own since a fence was set.
///
/// A version that is on both sides was written on the primary side and carried over, unless the primary side itself calls it
/// a replica. A version that a failback wrote is known by its bytes.
struct FencedHistory: Sendable {
    /// Versions that only a writer on the fenced side can have made, newest first. A delete marker is one.
    private(set) var primary: [VersionEntry]
    /// Versions made on the DR side, newest first.
    private(set) var dr: [VersionEntry]

    /// Both sides were written: neither holds the whole truth.
    var isSplit: Bool { !primary.isEmpty && !dr.isEmpty }

    /// Versions of one side that are looked into, newest first.
    private static let limit = 50

    /// - Parameters:
    ///   - lists: of the same key, as S3 lists them now.
    init(_ fence: FailoverFence, primary primaryList: VersionList, dr drList: VersionList, from primarySite: Site, catalog: StateCatalog) async throws {
        dr = Self.since(fence.to.versionID, fence.created, drList)
        let known = drList.entries.filter(\.isListed).dropFirst(dr.count)
        // In the second of the fence the time decides nothing: what the DR side had by then was written before.
        let end = Timestamp(seconds: fence.created.seconds + 1)
        primary = Self.since(fence.from.versionID, fence.created, primaryList).filter { entry in entry.lastModified >= end || !known.contains { Self.isCopy(entry, of: $0) } }
        let shared = Set(drList.entries.map(\.versionID)).subtracting(["null"])
        let originals = primaryList.entries.filter { $0.isListed }
        dr.removeAll { entry in originals.contains { Self.isCopy(entry, of: $0) } }
        var written: [VersionEntry] = []
        for entry in primary.prefix(Self.limit) {
            var entry = entry
            if shared.contains(entry.versionID), try await Self.isReplica(entry, primarySite, fence.key) { continue }
            try await Self.learn(&entry, primaryList, catalog)
            if let returning = fence.returning, entry.sha256?.hex == returning.sha256 { continue }
            written.append(entry)
        }
        for index in dr.indices.prefix(Self.limit) { try await Self.learn(&dr[index], drList, catalog) }
        let contents = Set(dr.compactMap(\.sha256))
        // Bidirectional replication without ids of its own: the same bytes came from the DR side.
        primary = written.filter { entry in entry.sha256.map { !contents.contains($0) } ?? true }
    }

    /// Versions that are newer than the one that was current then; by time where it is not known.
    private static func since(_ versionID: String?, _ created: Timestamp, _ list: VersionList) -> [VersionEntry] {
        let listed = list.entries.filter(\.isListed)
        if let versionID, versionID != "null", let index = listed.firstIndex(where: { $0.versionID == versionID }) { return Array(listed[..<index]) }
        // Servers tell whole seconds.
        let second = Timestamp(seconds: created.seconds)
        return listed.filter { $0.lastModified >= second }
    }

    private static func isCopy(_ entry: VersionEntry, of original: VersionEntry) -> Bool {
        if entry.versionID != "null", entry.versionID == original.versionID { return true }
        return !entry.isDeleteMarker && !original.isDeleteMarker && entry.size == original.size && !entry.etag.isEmpty && entry.etag == original.etag
    }

    private static func isReplica(_ entry: VersionEntry, _ site: Site, _ key: String) async throws -> Bool {
        guard !entry.isDeleteMarker else { return false }
        return try await site.bucket.headObject(key: key, versionID: entry.versionID).replicationStatus == .replica
    }

    private static func learn(_ entry: inout VersionEntry, _ list: VersionList, _ catalog: StateCatalog) async throws {
        guard !entry.isDeleteMarker, entry.sha256 == nil || entry.serial == nil else { return }
        let blob = try await catalog.read(entry, of: list)
        entry.sha256 = blob.sha256
        guard let generation = ExaminedContent(blob.bytes, sha256: blob.sha256).generation else { return }
        (entry.serial, entry.lineage) = (generation.serial, generation.lineage)
    }
}

extension [VersionEntry] {
    /// `serial 6, 7`, or how many versions there are.
    var serialText: String {
        let serials = compactMap(\.serial).sorted()
        guard !serials.isEmpty, serials.count == count else { return count == 1 ? "1 version" : "\(count) versions" }
        return "serial " + serials.map { "\($0)" }.joined(separator: ", ")
    }
}
