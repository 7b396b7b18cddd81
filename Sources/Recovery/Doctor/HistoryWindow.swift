internal import Timestamps
internal import Snapshots

/// How much of a history has to be read to judge its newest version.
struct HistoryWindow {
    /// Never more versions than this, unless no good one is among them.
    static let limit = 200
    private static let fewest = 10

    let length: Int

    /// - Parameter entries: newest first.
    init(_ entries: [VersionEntry], policy: Diagnosis.Policy) {
        guard let newest = entries.first else {
            length = 0
            return
        }
        // An accident that is older than this and was never undone is not held against the newest version.
        let horizon = newest.lastModified - policy.settlingTime
        let recent = entries.prefix { $0.lastModified >= horizon }.count + 1
        let length = min(max(recent, Self.fewest), Self.limit, entries.count)
        self.length = Self.isUnremarkable(entries.prefix(length)) ? Self.lengthOfTwo(entries) : length
    }

    init(length: Int) {
        self.length = length
    }

    /// Whether what the vault remembers of every version says that each followed from the one before it: then the newest two
    /// are enough.
    private static func isUnremarkable(_ entries: ArraySlice<VersionEntry>) -> Bool {
        var newer: VersionEntry?
        for entry in entries {
            guard !entry.isDeleteMarker, entry.verdict == "ok", let serial = entry.serial, let instances = entry.instanceCount else { return false }
            if let newer, newer.lineage != entry.lineage || newer.serial ?? 0 <= serial || newer.instanceCount ?? 0 < instances { return false }
            newer = entry
        }
        return true
    }

    private static func lengthOfTwo(_ entries: [VersionEntry]) -> Int {
        min(2, entries.count)
    }
}
