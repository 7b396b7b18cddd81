/// What the process returns. The numbers are part of the contract (restic's numbers where restic has one, Terraform's
/// detailed exit code for 2, sysexits.h for 64); an unknown number means failure.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done, nothing found.
    case success = 0
    /// An error: nothing, or not enough, was done.
    case failure = 1
    /// Differences or findings at or above `--fail-on`.
    case findings = 2
    /// Something could not be read; the rest was done and is reported.
    case partial = 3
    /// There is no vault at the place named.
    case noVault = 10
    /// Somebody else holds the lock.
    case locked = 11
    /// The vault's key or passphrase is wrong.
    case wrongKey = 12
    /// The command line, a variable or the configuration makes no sense.
    case usage = 64
    /// Stopped by Ctrl-C or a termination signal.
    case interrupted = 130

    /// One line for the table in `--help`.
    public var meaning: String {
        switch self {
        case .success: "done, nothing found"
        case .failure: "error"
        case .findings: "differences or findings at or above --fail-on"
        case .partial: "partial: something could not be read, the rest was done and is reported"
        case .noVault: "no vault"
        case .locked: "locked by someone else"
        case .wrongKey: "wrong vault key"
        case .usage: "usage or configuration makes no sense"
        case .interrupted: "interrupted"
        }
    }
}
