/// Why a run could not begin.
public enum SnapshotRunError: Error, Equatable, Sendable, CustomStringConvertible {
    case noVault

    public var description: String {
        switch self {
        case .noVault: "a snapshot needs a vault to write to; only a plan does without"
        }
    }
}
