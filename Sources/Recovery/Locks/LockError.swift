public import Timestamps

/// Why a lock could not be taken, read or released.
public enum LockError: Error, Sendable, CustomStringConvertible {
    /// Somebody holds it.
    case held(LockHolder)
    /// The server let a second conditional write pass: what it calls a lock excludes nobody.
    case serverIgnoresConditions(place: String)
    /// The lock that is there is not the one that was to be released.
    case notOurs(expected: String, found: LockHolder)
    /// The lock was gone before it was released: somebody broke it, and may have written since.
    case vanished(place: String, id: String)
    /// Taking the lock failed half way, and whether something of it is left is not known.
    case unclear(places: [String], id: String, reason: String)

    public var description: String {
        switch self {
        case .held(let holder): "locked: \(holder)"
        case .serverIgnoresConditions(let place):
            "\(place): the server does not honour If-None-Match, so a lock file excludes nobody; stop every run by hand, or give the site a DynamoDB lock table"
        case .notOurs(let expected, let found): "the lock is no longer \(expected) but \(found): it was left as it is"
        case .unclear(let places, let id, let reason):
            "the lock could not be taken, and it is not known whether something of it is left at \(places.joined(separator: ", ")) under the ID \(id): \(reason)"
        case .vanished(let place, let id): "\(place): the lock \(id) was gone before it was released: somebody broke it and may have written since; look at the newest version"
        }
    }
}

/// A lock that somebody holds, and where.
public struct LockHolder: Sendable, Hashable, CustomStringConvertible {
    /// Which of Terraform's two mechanisms.
    public enum Half: String, Sendable, Hashable, Codable {
        /// `KEY.tflock` in the bucket (`use_lockfile`).
        case file
        /// The item in the DynamoDB table.
        case table
    }

    public var half: Half
    /// `s3://bucket/key.tflock`, or the table and item.
    public var place: String
    /// Nil when the lock's content cannot be read; Terraform itself cannot release such a lock.
    public var info: LockInfo?
    /// When the server stored it: the age of a lock whose content cannot be read.
    public var stored: Timestamp?
    /// Of the lock file.
    var etag: String?

    public var description: String {
        guard let info else { return "by a lock at \(place) whose content cannot be read" }
        let since = (info.created ?? stored).map { " since \($0)" } ?? ""
        return "by \(info.who.isEmpty ? "somebody" : info.who) for \(info.operation)\(since), ID \(info.id), at \(place)"
    }
}
