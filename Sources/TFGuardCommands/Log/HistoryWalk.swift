import Reports
import Snapshots
import StateComparison
import StateJSON
import TerraformState
import Timestamps

/// Walks a history from its newest version back, holding two states at a time.
struct HistoryWalk {
    let catalog: StateCatalog
    let list: VersionList
    let fromVault: Bool
    let knowledge: SchemaKnowledge
    let display: ChangeDisplay
    var filter: LogFilter
    /// Most entries to find; nil for all.
    let limit: Int?
    /// How the versions of one apply are told; nil takes every version by itself.
    let grouping: ApplyGrouping?

    private(set) var entries: [LogReport.Entry] = []
    private(set) var problems: [Problem] = []
    /// Entries that count towards the limit: a version that cannot be read must not hide what was asked for.
    private var found = 0
    /// The newest entry whose predecessor is not known yet, with its state.
    private var pending: (entry: LogReport.Entry, state: TerraformState)?
    /// What stands between `pending` and its predecessor: delete markers, versions that can't be read.
    private var between: [LogReport.Entry] = []

    init(
        catalog: StateCatalog, list: VersionList, fromVault: Bool, knowledge: SchemaKnowledge, display: ChangeDisplay, filter: LogFilter,
        limit: Int?, grouping: ApplyGrouping?
    ) {
        self.catalog = catalog
        self.list = list
        self.fromVault = fromVault
        self.knowledge = knowledge
        self.display = display
        self.filter = filter
        self.limit = limit
        self.grouping = grouping
    }

    /// Whether the walk reached the oldest version.
    private(set) var isComplete = false

    mutating func run(progress: (Int) -> Void = { _ in }) async throws {
        for (index, version) in list.entries.enumerated() {
            try Task.checkCancellation()
            if let limit, found >= limit { return trim(to: limit) }
            progress(index)
            if version.isDeleteMarker { noteMarker(version) } else { try await visit(version) }
        }
        if limit.map({ found < $0 }) ?? true { try settle(with: nil) }
        isComplete = true
        if let limit { trim(to: limit) }
    }

    private mutating func noteMarker(_ version: VersionEntry) {
        guard !filter.isNarrow else { return }
        var entry = LogReport.Entry(version)
        entry.isDeleteMarker = true
        if pending == nil { found += 1 }
        place(entry)
    }

    /// Drops what was found behind the last entry that was asked for.
    private mutating func trim(to limit: Int) {
        var counted = 0
        entries = Array(entries.prefix { entry in
            if entry.unreadable == nil { counted += 1 }
            return counted <= limit
        })
    }

    private mutating func visit(_ version: VersionEntry) async throws {
        let state: TerraformState
        do {
            state = try ComparableState(try await catalog.read(version, of: list, fromVault: fromVault), deferring: .instanceAttributes).state
        } catch let error as CancellationError {
            throw error
        } catch {
            noteUnreadable(version, error)
            return
        }
        var entry = LogReport.Entry(version)
        entry.serial = state.serial
        entry.firstSerial = state.serial
        entry.lineage = state.lineage
        entry.terraformVersion = state.terraformVersion
        if let newer = pending, let reason = grouping?.reason(entry, belongsToApplyOf: newer.entry) {
            pending?.entry.grouping = reason
            pending?.entry.versionIDs.append(entry.versionID)
            pending?.entry.firstSerial = entry.serial
            pending?.entry.firstModified = entry.lastModified
            return
        }
        try settle(with: (entry, state))
        pending = (entry, state)
    }

    /// Compares the pending entry with the version before it, and puts it into the result.
    private mutating func settle(with older: (entry: LogReport.Entry, state: TerraformState)?) throws {
        guard let newer = pending else { return }
        pending = nil
        var entry = newer.entry
        entry.previousVersionID = older?.entry.versionID
        let base = try older?.state ?? Self.nothing()
        entry.changeSet = filter.narrow(display.changeSet(StateDiff(from: base, to: newer.state, schema: knowledge, tracing: filter.traced)))
        if !filter.isNarrow || !entry.changeSet.isEmpty {
            found += 1
            entries.append(entry)
        }
        found += between.count { $0.unreadable == nil }
        entries += between
        between = []
    }

    private mutating func noteUnreadable(_ version: VersionEntry, _ error: any Error) {
        var entry = LogReport.Entry(version)
        entry.serial = version.serial
        entry.firstSerial = version.serial
        let problem = Complaint(error).problems.first ?? Problem(reference: "", message: "\(error)")
        entry.unreadable = problem.message
        problems.append(Problem(reference: "\(list.reference)@id=\(version.versionID)", message: problem.message, hint: problem.hint))
        place(entry)
    }

    private mutating func place(_ entry: LogReport.Entry) {
        if pending == nil { entries.append(entry) } else { between.append(entry) }
    }

    /// What there was before the oldest version.
    private static func nothing() throws -> TerraformState {
        try TerraformState(parsing: StateBytes(Array(#"{"version":4,"terraform_version":"","serial":0,"lineage":"","outputs":{},"resources":[]}"#.utf8)))
    }
}

extension LogReport.Entry {
    init(_ version: VersionEntry) {
        self.init(versionID: version.versionID, lastModified: version.lastModified)
    }
}
