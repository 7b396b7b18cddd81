/// Who holds a state's lock, and what `tfguard unlock` removed.
public struct UnlockReport: Report {
    public var reference: String
    /// Who held it when the command began.
    public var holders: [LockHolderRow]
    public var removed: [LockHolderRow]
    public var isDryRun: Bool

    public init(reference: String, holders: [LockHolderRow], removed: [LockHolderRow], isDryRun: Bool) {
        self.reference = reference
        self.holders = holders
        self.removed = removed
        self.isDryRun = isDryRun
    }

    public var command: String { "unlock" }
    public var problems: [Problem] { [] }
    /// Whether the state can be locked now.
    public var isFree: Bool { holders.count == removed.count && !isDryRun || holders.isEmpty }
    public var status: ExitStatus { isFree ? .success : .locked }

    public var body: JSONObject {
        [
            "reference": .string(reference), "held": .bool(!isFree), "holders": .objects(holders.map(\.object)), "removed": .objects(removed.map(\.object)),
            "dry_run": .bool(isDryRun),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        ReportPage([.heading(reference)] + (holders.isEmpty ? [] : [.table(LockHolderRow.table(of: holders))]), summary: summary)
    }

    private var summary: Phrase {
        if holders.isEmpty { return .words("The lock is free.", .good) }
        if isDryRun { return .words("Would remove \(Quantity.count(removed.count, "lock", "locks")); nothing was removed.") }
        if isFree { return .words("Removed \(Quantity.count(removed.count, "lock", "locks")): the lock is free.", .good) }
        return .words("The lock is held. If that run is gone for good: tfguard unlock \(reference) --id ID", .caution)
    }
}
