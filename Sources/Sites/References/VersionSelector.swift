public import Timestamps

/// Which version of a state is meant: what follows the last `@` of a reference.
public enum VersionSelector: Hashable, Sendable {
    /// The version current now.
    case latest
    /// N versions before the latest, N at least 1 (`-1` is the one before the latest). Delete markers do not count.
    case before(Int)
    /// The newest version that carries this serial.
    case serial(UInt64)
    /// The version current at that moment.
    case at(Timestamp)
    /// The version current that long ago.
    case ago(RelativeTime)
    /// An S3 version id, or a unique prefix of six or more characters of one.
    case versionID(String)
    /// The newest version that passes the doctor's checks.
    case lastGood
    /// The version that was current when that snapshot was taken, read from the vault.
    case snapshot(String)

    /// The forms that are accepted, for messages.
    public static let acceptedForms =
        "latest, -N (N versions before the latest), serial=N, a time with its zone (2026-11-22T14:00:00Z or 2026-11-22T15:00:00+01:00), an age (\(RelativeTime.acceptedForms)), id=VERSION_ID, last-good or snapshot=ID"
}

extension VersionSelector: CustomStringConvertible {
    public var description: String {
        switch self {
        case .latest: "latest"
        case .before(let count): "-\(count)"
        case .serial(let serial): "serial=\(serial)"
        case .at(let moment): moment.rfc3339
        case .ago(let time): time.description
        case .versionID(let id): "id=\(id)"
        case .lastGood: "last-good"
        case .snapshot(let id): "snapshot=\(id)"
        }
    }
}
