/// How far a check is.
public struct VerifyProgress: Sendable, Hashable {
    public enum Phase: String, Sendable, Hashable {
        /// Both sides are listed and brought together.
        case listing
        /// Bytes of both sides are compared, while the listing goes on.
        case comparing
        /// Questions that the listings leave.
        case asking
        /// Digests of the lock tables.
        case digests
        /// What would be lost.
        case analysing
    }

    public var phase: Phase
    /// States of the primary side so far.
    public var states: Int
    /// Versions of the primary side that were listed or compared, questions that were answered, by the phase.
    public var done: Int
    /// Nil while it is not known.
    public var total: Int?

    public init(_ phase: Phase, states: Int, done: Int, total: Int? = nil) {
        (self.phase, self.states, self.done, self.total) = (phase, states, done, total)
    }

    /// Told about it; called from any thread, often.
    public typealias Listener = @Sendable (VerifyProgress) -> Void
}
