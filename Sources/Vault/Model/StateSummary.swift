/// What the run that stored a version found inside its bytes.
public struct StateSummary: Sendable, Hashable {
    /// What the bytes are: `state`, `legacy`, `encrypted`, `html` …
    public var form: String
    /// The health check's verdict at that time.
    public var verdict: String
    public var serial: UInt64?
    public var lineage: String?
    public var terraformVersion: String?
    public var resourceCount: Int?
    public var instanceCount: Int?

    public init(form: String, verdict: String, serial: UInt64? = nil, lineage: String? = nil, terraformVersion: String? = nil, resourceCount: Int? = nil, instanceCount: Int? = nil) {
        self.form = form
        self.verdict = verdict
        self.serial = serial
        self.lineage = lineage
        self.terraformVersion = terraformVersion
        self.resourceCount = resourceCount
        self.instanceCount = instanceCount
    }
}

/// Why a run could not have the bytes of a version.
public struct VersionProblem: Sendable, Hashable {
    /// A stable word, such as S3's error code.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
