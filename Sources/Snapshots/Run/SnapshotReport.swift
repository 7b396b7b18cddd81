public import Findings
public import Vault

/// What a run did.
public struct SnapshotReport: Sendable {
    /// Nil after a dry run, and when nothing at all could be recorded.
    public var snapshotID: SnapshotID?
    public var sites: [SiteReport]
    /// Bytes added to the vault by this run.
    public var storedBytes: Int64
    public var elapsed: Duration
    /// What could not be read or done; the rest was done. Not empty means exit status 3.
    public var problems: [SnapshotProblem]
    /// What a person should know about the sites: versioning off, versions that vanished.
    public var findings: [Finding]
    public var isDryRun: Bool

    public init(
        snapshotID: SnapshotID? = nil, sites: [SiteReport] = [], storedBytes: Int64 = 0, elapsed: Duration = .zero, problems: [SnapshotProblem] = [],
        findings: [Finding] = [], isDryRun: Bool = false
    ) {
        self.snapshotID = snapshotID
        self.sites = sites
        self.storedBytes = storedBytes
        self.elapsed = elapsed
        self.problems = problems
        self.findings = findings
        self.isDryRun = isDryRun
    }
}
