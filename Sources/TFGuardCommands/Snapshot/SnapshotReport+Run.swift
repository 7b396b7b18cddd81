import Findings
import Reports
import Sites
import Snapshots
import Vault

extension Reports.SnapshotReport {
    /// What a run did, as it is shown.
    init(_ run: Snapshots.SnapshotReport, vaultLocation: String, failOn: Severity?) {
        self.init(
            snapshotID: run.snapshotID?.hex, isDryRun: run.isDryRun, sites: run.sites.map(Site.init), storedBytes: run.storedBytes,
            elapsed: run.elapsed, vaultLocation: vaultLocation, findings: run.findings, failOn: failOn,
            problems: run.problems.map { Problem(reference: $0.reference, message: OneLine.of($0.message), hint: $0.hint ?? "") })
    }
}

extension Reports.SnapshotReport.Site {
    init(_ site: SiteReport) {
        let ignored = site.ignored.map { ($0.key.rawValue, $0.value) }
        self.init(
            name: site.name, states: site.states, versions: site.versions, deleteMarkers: site.deleteMarkers,
            versionsFetched: site.versionsFetched, bytesFetched: site.bytesFetched, ignored: Dictionary(ignored) { $0 + $1 })
    }
}

extension ProgressReading {
    init(_ progress: SnapshotProgress) {
        switch progress.phase {
        case .listing where progress.versionsToFetch == 0:
            self.init(phase: "listing", states: progress.states, done: progress.versionsListed)
        case .listing, .fetching:
            self.init(
                phase: "fetching", states: progress.states,
                done: progress.versionsFetched, total: progress.versionsToFetch, bytes: progress.bytesFetched,
                totalBytes: progress.bytesToFetch)
        case .committing:
            self.init(phase: "committing", states: progress.states, done: progress.versionsFetched, bytes: progress.bytesFetched)
        }
    }
}

extension Notice {
    /// Unencrypted vaults are allowed, and said aloud at each run.
    static let unencryptedVault = Notice(
        .plain, "The vault is not encrypted: whoever can read its files can read every secret in the states.")
}
