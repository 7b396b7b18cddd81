internal import Findings
internal import Vault

/// What came of one site, or of one of its states.
struct SiteOutcome: Sendable {
    var report: SiteReport
    var problems: [SnapshotProblem] = []
    var findings: [Finding] = []
    var examination = Examination()

    init(site: String) { report = SiteReport(name: site) }

    mutating func add(_ other: SiteOutcome) {
        report.add(other.report)
        problems += other.problems
        findings += other.findings
        examination.learned.merge(other.examination.learned) { $1 }
    }
}

extension SiteSummary {
    init(_ report: SiteReport) {
        self.init(
            name: report.name, states: report.states, versions: report.versions, deleteMarkers: report.deleteMarkers,
            versionsFetched: report.versionsFetched, bytesFetched: report.bytesFetched)
    }
}

extension RunProblem {
    init(_ problem: SnapshotProblem) {
        self.init(reference: problem.reference, code: problem.code, message: problem.message)
    }
}
