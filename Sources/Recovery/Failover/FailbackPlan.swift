public import Snapshots

/// What a failback would do, with everything that it was decided from.
public struct FailbackPlan: Sendable {
    /// Names of the sites.
    public var primary: String
    public var dr: String
    public var states: [State]
    /// For `terraform init -backend-config`, back to the primary side.
    public var backendFiles: [BackendFile]
    public var cautions: [String]

    /// One state.
    public struct State: Sendable {
        /// `PRIMARY:KEY`.
        public var reference: String
        public var key: String
        /// Nil for a state that was made on the DR side during the failover, and was named.
        public var fence: FailoverFence?
        /// What each side wrote since the fence.
        public var writtenOnPrimary: [VersionEntry]
        public var writtenOnDR: [VersionEntry]
        /// What the doctor says of the DR side.
        public var examination: StateExamination
        /// How the DR side's newest generation comes back; nil when there is nothing to copy.
        public var restore: RestorePlan?
        /// Managed instances that exist and that the state which stays does not know.
        public var forgotten: [AffectedInstance] = []
        public var actions: [FailbackAction]
        public var obstacle: FailoverPlan.Obstacle?

        /// Both sides were written.
        public var isSplit: Bool { !writtenOnPrimary.isEmpty && !writtenOnDR.isEmpty }
    }

    /// Locks of others, with their states: nobody may be at work on either side.
    public var heldLocks: [(reference: String, holder: LockHolder)]
}

/// How a failback is to be done.
public struct FailbackOptions: Sendable, Hashable {
    /// `--keep`: after a split brain, the site whose state stays.
    public var keep: String?

    public init(keep: String? = nil) {
        self.keep = keep
    }
}
