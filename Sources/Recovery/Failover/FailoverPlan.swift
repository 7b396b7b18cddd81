public import Replication
public import Timestamps
internal import Sites

/// What a failover would do, with everything that it was decided from.
public struct FailoverPlan: Sendable {
    /// How the primary side is known.
    public enum PrimaryView: Sendable, Hashable {
        /// It answers: the failover is somebody's choice.
        case answers
        /// It does not; the vault knows it as of this time.
        case vault(Timestamp?)
        /// It does not, and nothing else knows of it: what is lost cannot be told.
        case unknown
    }

    /// Names of the sites.
    public var primary: String
    public var dr: String
    public var primaryView: PrimaryView
    public var states: [State]
    /// For `terraform init -backend-config`.
    public var backendFiles: [BackendFile]
    /// What a person should weigh before saying yes.
    public var cautions: [String]
    /// What could not be read.
    public var problems: [VerifyProblem]

    /// One state.
    public struct State: Sendable {
        /// `DR:KEY`.
        public var reference: String
        public var ledger: StateLedger
        public var examination: StateExamination
        /// The fence of a failover that goes on already.
        public var fence: FailoverFence?
        public var primaryAnswers: Bool
        public var actions: [FailoverAction]
        /// Why this state is left out.
        public var obstacle: Obstacle?
        /// The command that brings over what only the vault has.
        public var rescue: String?

        public var key: String { ledger.key }
    }

    /// Why a state is left out, and what helps.
    public struct Obstacle: Sendable, Hashable {
        public var message: String
        public var hint: String
    }

    /// Locks on the DR side that nobody has said to be dead, with their states.
    public var unbrokenLocks: [(reference: String, holder: LockHolder)] {
        states.flatMap { state in
            state.actions.flatMap { action -> [(String, LockHolder)] in
                if case .blockedBy(let holder) = action.kind { [(state.reference, holder)] } else { [] }
            }
        }
    }
}
