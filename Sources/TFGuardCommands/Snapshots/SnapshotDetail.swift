import Reports
import Vault

/// Gathers what one snapshot records.
struct SnapshotDetail {
    let vault: BackupVault
    let record: SnapshotRecord

    func report() async throws -> SnapshotDetailReport {
        var states: [SnapshotDetailReport.State] = []
        for id in try await vault.states(in: record.id) {
            guard let history = try await vault.history(of: id, in: record.id) else { continue }
            let latest = history.versions.first { $0.listed.isLatest && $0.isListed }
            let body = latest.flatMap { $0.listed.isDeleteMarker ? nil : $0 }
            states.append(
                SnapshotDetailReport.State(
                    reference: "\(id.site):\(id.key)", versions: history.versions.count { !$0.listed.isDeleteMarker },
                    latestVersionID: body?.listed.versionID, serial: body?.summary?.serial,
                    lastModified: latest?.listed.lastModified, size: body?.listed.size))
        }
        return SnapshotDetailReport(
            summary: SnapshotSummary(record), parents: record.parents.map(\.hex), states: states,
            recordedProblems: record.problems.map { Problem(reference: $0.reference, message: "\($0.code): \($0.message)") })
    }
}

extension SnapshotSummary {
    /// A record of the vault as a list shows it.
    init(_ record: SnapshotRecord) {
        self.init(
            snapshotID: record.id.hex, takenAt: record.time, sites: record.sites.map(\.name),
            states: record.sites.reduce(0) { $0 + $1.states }, versions: record.sites.reduce(0) { $0 + $1.versions },
            tool: record.tool, problems: record.problems.count)
    }
}
