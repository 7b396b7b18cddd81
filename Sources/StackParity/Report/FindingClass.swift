/// What kind of difference a drift finding is.
public enum FindingClass: String, Sendable, Codable, CaseIterable {
    /// The primary has it, DR does not.
    case missing
    /// DR has it, the primary does not.
    case extra
    /// Both have it with another meaning.
    case changed
    /// DR points to an existing object, but not to the counterpart of what the primary points to.
    case wrongReference = "wrong-reference"
    /// DR uses something that belongs to the primary: it would not survive the outage it is for.
    case namesThePrimary = "names-the-primary"
    /// Two digests differ: what is behind them cannot be judged from the states.
    case opaque
    /// Two sensitive values differ; never shown.
    case secret
    /// More than one counterpart is possible.
    case unmatched
}
