/// Why a failover or failback was refused or stopped.
public enum FailoverError: Error, Sendable, CustomStringConvertible {
    /// The DR side has to be read and written, and does not answer.
    case drUnreachable(site: String, reason: String)
    /// The primary side has to be written for the way home, and does not answer.
    case primaryUnreachable(site: String, reason: String)
    /// The primary side is alive, and nobody said that it should be left all the same.
    case primaryAnswers(site: String)
    /// No state was named or found.
    case nothingToDo(site: String)
    /// No failover between the two goes on.
    case notFailedOver(primary: String, dr: String)
    case unreadableFence(place: String)
    case fenceChanged(place: String)
    /// A failover in the other direction goes on.
    case reversed(reference: String, site: String)
    /// Versions of a living primary have not arrived.
    case behind(reference: String, versions: Int)
    /// Both sides were written after the failover.
    case splitBrain(key: String, primary: (site: String, versions: String), dr: (site: String, versions: String))
    /// A state cannot be used, or has to be looked at first.
    case unfit(reference: String, reason: String, hint: String)
    /// The object that is current is not the newest that Terraform wrote.
    case notProven(reference: String, reason: String)

    /// What it is about.
    public var subject: String {
        switch self {
        case .drUnreachable(let site, _), .primaryUnreachable(let site, _), .primaryAnswers(let site), .nothingToDo(let site): site
        case .notFailedOver(let primary, _): primary
        case .unreadableFence(let place), .fenceChanged(let place): place
        case .splitBrain(let key, _, _): key
        case .reversed(let reference, _), .behind(let reference, _), .unfit(let reference, _, _), .notProven(let reference, _): reference
        }
    }

    /// What happened and why.
    public var message: String {
        switch self {
        case .drUnreachable(_, let reason): "the DR side does not answer: \(reason)"
        case .primaryUnreachable(_, let reason): "the primary side does not answer, and the way home leads there: \(reason)"
        case .primaryAnswers: "the primary side still answers; to leave it while others may write there would give two truths"
        case .nothingToDo: "there is no state to fail over"
        case .notFailedOver(_, let dr): "no failover to \(dr) goes on"
        case .unreadableFence: "what is there is no fence that this version of tfguard can read"
        case .fenceChanged: "somebody else wrote this fence at the same time; nothing was overwritten"
        case .reversed(_, let site): "a failover to \(site) goes on already, in the other direction"
        case .behind(_, let versions): "\(versions) versions of the primary side have not arrived on the DR side"
        case .splitBrain(_, let primary, let dr): "both sides were written after the failover: \(primary.versions) on \(primary.site), \(dr.versions) on \(dr.site)"
        case .unfit(_, let reason, _): reason
        case .notProven(_, let reason): "the proof failed: \(reason)"
        }
    }

    /// What to do next.
    public var hint: String {
        switch self {
        case .drUnreachable: "check the DR site's access and try again"
        case .primaryUnreachable: "try again when the primary region is back"
        case .primaryAnswers: "--while-primary-answers does it all the same, and locks the primary side first"
        case .nothingToDo: "tfguard verify shows what is on both sides"
        case .notFailedOver: "there is nothing to come home from; a state that was made on the DR side can be named"
        case .unreadableFence: "look at it with a newer tfguard, or remove it when it is not tfguard's"
        case .fenceChanged: "run the command again: it goes on from what is there"
        case .reversed: "tfguard failback with the sites in the other order ends it"
        case .behind: "wait for replication (--wait 10m), or copy them: tfguard verify PRIMARY DR --copy-missing --yes; --accept-loss leaves them behind"
        case .splitBrain(let key, let primary, let dr):
            "stop both; tfguard diff \(primary.site):\(key) \(dr.site):\(key) shows the difference; then --keep \(dr.site) or --keep \(primary.site): the other's versions stay in its bucket and the vault, and what only they know is listed for import"
        case .unfit(_, _, let hint): hint
        case .notProven: "tfguard doctor shows what is there now; the command can be repeated"
        }
    }

    public var description: String { "\(subject): \(message); \(hint)" }
}
