/// What a failover or failback did, as far as it was proven.
public struct FailoverResult: Sendable {
    /// One state that is in order now.
    public struct State: Sendable {
        /// `SITE:KEY`, at the side that is in use now.
        public var reference: String
        /// The fence as it stands; nil when there never was one.
        public var fence: FailoverFence?
        /// What the doctor says of the state now.
        public var verdict = Verdict.ok
        /// What was done, in words.
        public var steps: [String] = []
        /// What did not go as it should though the state can be used.
        public var notes: [String] = []
    }

    /// A state that is not in order: the command can be repeated.
    public struct Failure: Sendable {
        public var reference: String
        public var error: any Error
    }

    public var states: [State] = []
    public var failures: [Failure] = []
}
