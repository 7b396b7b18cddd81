public import Timestamps

/// What a drill found out: the evidence.
public struct DrillResult: Sendable {
    /// Names the run; also the scratch folder.
    public var id: String
    public var started: Timestamp
    /// From the first byte asked for to the last state proven, Terraform's checks left out.
    public var recoveryTime: Duration
    /// Where the states were restored to.
    public var target: String
    public var states: [State]
    /// `Terraform v1.11.4`; nil without a Terraform.
    public var terraform: String?
    /// What could not be cleaned up.
    public var leftovers: [String]

    /// One state.
    public struct State: Sendable {
        /// `SITE:KEY@id=VERSION`.
        public var reference: String
        public var key: String
        public var versionID: String?
        public var serial: UInt64?
        public var size = 0
        /// Of the source, hexadecimal, proven while it was read.
        public var sha256 = ""
        /// `s3` or `vault`.
        public var origin = ""
        /// Of what was read back from the scratch place.
        public var restoredSHA256: String?
        /// From asking for the source to the proof.
        public var recoveryTime = Duration.zero
        public var instances: Int?
        public var checks = TerraformChecks()
        /// Why it could not be restored.
        public var failure: String?

        /// Whether every byte came back.
        public var isRestored: Bool { failure == nil && restoredSHA256 == sha256 && !sha256.isEmpty }
    }
}

/// What Terraform itself says of a restored state.
public struct TerraformChecks: Sendable, Hashable {
    /// The outcome of one command.
    public enum Outcome: Sendable, Hashable {
        case passed(String)
        case failed(String)
        /// It could not be run, which says nothing about the state.
        case skipped(String)

        /// `passed`, `failed` or `skipped`.
        public var status: String {
            switch self {
            case .passed: "passed"
            case .failed: "failed"
            case .skipped: "skipped"
            }
        }

        public var detail: String {
            switch self {
            case .passed(let detail), .failed(let detail), .skipped(let detail): detail
            }
        }
    }

    /// `terraform state list`: every instance is there.
    public var list = Outcome.skipped("there is no Terraform")
    /// `terraform show -json`: the provider's schemas fit.
    public var show = Outcome.skipped("there is no Terraform")
    /// `terraform plan -refresh=false`: the code fits.
    public var plan = Outcome.skipped("there is no Terraform")

    public init() {}

    /// The three commands.
    public var all: [(command: String, outcome: Outcome)] {
        [("terraform state list", list), ("terraform show -json", show), ("terraform plan -refresh=false", plan)]
    }

    public var hasFailed: Bool { all.contains { $0.outcome.status == "failed" } }
}
