public import Sites
public import Timestamps

/// Finds the version that a selector means.
public enum VersionResolution {
    /// Whether entries must tell what their bytes hold before the selector can be answered.
    public static func needsContent(_ selector: VersionSelector) -> Bool {
        switch selector {
        case .serial, .lastGood: true
        default: false
        }
    }

    /// - Parameters:
    ///   - entries: newest first.
    ///   - reference: for messages.
    /// - Returns: the index of an entry that has bytes.
    /// - Throws: `ReferenceError`.
    public static func find(_ selector: VersionSelector, in entries: [VersionEntry], now: Timestamp, reference: String) throws(ReferenceError) -> Int {
        func none(_ detail: String) -> ReferenceError { ReferenceError(reference: reference, reason: .noSuchVersion(selector, detail: detail)) }
        let contents = entries.indices.filter { !entries[$0].isDeleteMarker }
        // What only the vault still has was removed from the bucket for good: Terraform reads the newest that is left.
        guard let newest = entries.firstIndex(where: \.isListed) ?? entries.indices.first else { throw none("nothing is known of this state") }
        switch selector {
        case .latest:
            guard !entries[newest].isDeleteMarker else { throw none("the state is deleted: its current version is a delete marker, and @-1 is the version before") }
            return newest
        case .before(let count):
            // Behind a delete marker, the version before the latest is the newest that has content.
            let latest = contents.firstIndex { $0 >= newest } ?? contents.count
            let position = latest + (entries[newest].isDeleteMarker ? count - 1 : count)
            guard position < contents.count else { throw none("there are \(contents.count) versions") }
            return contents[position]
        case .serial(let serial):
            guard let match = contents.first(where: { entries[$0].serial == serial }) else { throw none(serialRange(entries)) }
            return match
        case .at(let moment): return try find(at: moment, in: entries, none: none)
        case .ago(let time): return try find(at: now - time.duration, in: entries, none: none)
        case .versionID(let id): return try find(id: id, in: entries, reference: reference, none: none)
        case .lastGood:
            guard let match = contents.first(where: { entries[$0].verdict == "ok" }) else { throw none("no version passes") }
            return match
        case .snapshot:
            throw none("a snapshot is looked up in the vault")
        }
    }

    private static func find(at moment: Timestamp, in entries: [VersionEntry], none: (String) -> ReferenceError) throws(ReferenceError) -> Int {
        // The first in the listing's order: times have whole seconds, and the order within one is the server's.
        guard let match = entries.indices.first(where: { entries[$0].lastModified <= moment }) else {
            throw none("the oldest known version is of \(entries.last?.lastModified.rfc3339 ?? "unknown time")")
        }
        guard !entries[match].isDeleteMarker else { throw none("at \(moment) the state was deleted (marker of \(entries[match].lastModified))") }
        return match
    }

    private static func find(id: String, in entries: [VersionEntry], reference: String, none: (String) -> ReferenceError) throws(ReferenceError) -> Int {
        let wanted = Array(id.utf8)
        var matches = entries.indices.filter { entries[$0].versionID.utf8.elementsEqual(wanted) }
        if matches.isEmpty {
            guard wanted.count >= 6 else { throw ReferenceError(reference: reference, reason: .shortVersionID(id)) }
            matches = entries.indices.filter { entries[$0].versionID.utf8.starts(with: wanted) }
            let ids = Set(matches.map { entries[$0].versionID })
            guard ids.count <= 1 else { throw ReferenceError(reference: reference, reason: .ambiguousVersion(prefix: id, candidates: matches.map { entries[$0].versionID })) }
        }
        // One id can stand for several contents when `null` was overwritten: the newest is meant.
        guard let match = matches.first else { throw none("") }
        guard !entries[match].isDeleteMarker else { throw none("it is a delete marker and has no content") }
        return match
    }

    private static func serialRange(_ entries: [VersionEntry]) -> String {
        let serials = entries.compactMap(\.serial)
        guard let low = serials.min(), let high = serials.max() else { return "no version tells its serial" }
        return "serials \(low) to \(high) are known"
    }
}
