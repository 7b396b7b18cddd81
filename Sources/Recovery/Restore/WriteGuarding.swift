/// What keeps a foreign write from slipping in between a restore's look at the state and its own write.
public enum WriteGuarding: String, Sendable, Hashable {
    /// The server honours `If-Match` and `If-None-Match`: it refuses the write when anything changed.
    case honoured
    /// The server lets conditions pass: none are sent; the state is looked at again right before the write, and the history
    /// behind it.
    case ignored
    /// The server refuses `If-Match` even when it holds: as for ``ignored``, but its locks exclude.
    case unusable
    /// Nothing was found out: conditions are sent, and the state is looked at again right before the write.
    case unknown

    /// What a person should know of it; nil when all is well.
    var caution: String? {
        switch self {
        case .honoured, .unknown: nil
        case .ignored:
            "the server does not honour conditional writes, so a lock file excludes nobody and a write cannot be conditional: stop every run by hand; the state is looked at again right before the write"
        case .unusable:
            "the server refuses If-Match even when it holds, so the write cannot be conditional: the state is looked at again right before it"
        }
    }

    var lockExclusion: LockExclusion {
        switch self {
        case .honoured: .proven
        case .ignored: .impossible
        case .unusable, .unknown: .toBeProven
        }
    }
}
