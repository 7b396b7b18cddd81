/// Why a restore was refused or stopped. Unless the case says otherwise, the state is as it was before.
public enum RestoreError: Error, Sendable, CustomStringConvertible {
    /// The source is nothing that should ever be written over a state.
    case unusableSource(reference: String, reason: String)
    case otherLineage(reference: String, lineage: String, expected: String)
    /// An older state than the one that is there was to be adopted.
    case olderThanCurrent(reference: String, serial: UInt64, current: UInt64)
    /// There is no higher serial left.
    case serialExhausted
    /// S3 could not be read, and a restore writes to it.
    case noAnswer(reference: String, notes: [String])
    /// What is there now would not survive the restore: no vault, and no versioning either.
    case nowhereToKeep(reference: String, reason: String)
    /// A version newer than the last good one could not be read, and may be the last good one itself.
    case doubtful(reference: String, version: String, reason: String)
    /// Somebody wrote between the plan and the lock.
    case changedSincePlan(reference: String, planned: String, found: String)
    /// The state was written, but its digest was not.
    case digestNotWritten(reference: String, versionID: String, reason: String)
    /// What was read back is not what was written.
    case notProven(reference: String, reason: String)
    /// The state was written and could not be read back.
    case unproven(reference: String, versionID: String, reason: String)
    /// Whether the state was written is not known.
    case uncertain(reference: String, reason: String)
    /// Something failed, and afterwards the lock could not be released.
    case lockLeft(reference: String, id: String, reason: String, after: String)

    /// What it is about.
    public var reference: String {
        switch self {
        case .unusableSource(let reference, _), .otherLineage(let reference, _, _), .olderThanCurrent(let reference, _, _), .noAnswer(let reference, _),
            .nowhereToKeep(let reference, _), .changedSincePlan(let reference, _, _), .digestNotWritten(let reference, _, _), .notProven(let reference, _),
            .unproven(let reference, _, _), .uncertain(let reference, _), .lockLeft(let reference, _, _, _),
            .doubtful(let reference, _, _):
            reference
        case .serialExhausted: ""
        }
    }

    /// What happened and why.
    public var message: String {
        switch self {
        case .unusableSource(_, let reason): "cannot be restored: \(reason)"
        case .otherLineage(_, let lineage, let expected): "has lineage \(lineage), but the history has \(expected): this is the state of something else, or of another beginning"
        case .olderThanCurrent(_, let serial, let current): "has serial \(serial), but the state is at serial \(current) already: Terraform has gone on since"
        case .serialExhausted: "the highest serial there is was used already"
        case .noAnswer(_, let notes): "S3 could not be read, and a restore writes to it: \(notes.joined(separator: "; "))"
        case .nowhereToKeep(_, let reason): "what is there now could not be kept: \(reason)"
        case .doubtful(_, let version, let reason): "which version is the last good one cannot be told: \(version) is newer than all that pass, and could not be read (\(reason))"
        case .changedSincePlan(_, let planned, let found): "somebody wrote after the plan was made: version \(planned) was current, now it is \(found); nothing was written"
        case .digestNotWritten(_, let versionID, let reason): "the state was written (version \(versionID)) but its digest was not, and Terraform refuses it until it is: \(reason)"
        case .unproven(_, let versionID, let reason): "the state was written (version \(versionID)) but could not be read back: \(reason)"
        case .uncertain(_, let reason): "whether the state was written is not known: \(reason)"
        case .lockLeft(_, let id, let reason, let after): "\(after); and then its lock \(id) could not be released: \(reason)"
        case .notProven(_, let reason): "what was read back is not what was written: \(reason)"
        }
    }

    /// What to do next.
    public var hint: String? {
        switch self {
        case .unusableSource: "choose another version: tfguard versions lists them; --to last-good takes the newest sound one"
        case .otherLineage: "if that is what you want, say --allow-lineage-change"
        case .olderThanCurrent: "look with tfguard diff; --allow-older adopts it all the same"
        case .serialExhausted: nil
        case .noAnswer: "try again when S3 answers; --output FILE writes the state into a file"
        case .nowhereToKeep: "name a vault, or switch versioning on"
        case .doubtful: "try again when it can be read, or name a version with id=VERSION_ID"
        case .changedSincePlan: "look at the new version, then plan again"
        case .digestNotWritten(let reference, _, _): "tfguard restore \(reference) --to latest writes the digest"
        case .lockLeft(let reference, let id, _, _): "tfguard unlock \(reference) --id \(id)"
        case .unproven(let reference, _, _), .uncertain(let reference, _):
            "tfguard doctor \(reference) shows what is there; the same restore again goes on from there"
        case .notProven: "tfguard versions shows what is there now"
        }
    }

    public var description: String { "\(reference): \(message)" + (hint.map { "; \($0)" } ?? "") }
}
