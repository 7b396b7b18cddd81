import Findings
import Reports
import Vault

extension VaultCheckReport {
    /// What a check found, as it is shown.
    init(_ report: CheckReport, vaultLocation: String, depth: CheckDepth, failOn: Severity, elapsed: Duration) {
        let fraction: Double =
            switch depth {
            case .structure: 0
            case .readData(let percent, _): Double(percent) / 100
            }
        self.init(
            vaultLocation: vaultLocation, snapshots: report.snapshots, states: report.states, versions: report.versions, packs: report.packs,
            bytesRead: report.bytesRead, readFraction: fraction, findings: Self.findings(of: report),
            affected: report.touched.map { Affected(reference: "\($0.state.site):\($0.state.key)", versionID: $0.versionID) },
            failOn: failOn, elapsed: elapsed)
    }

    private static func findings(of report: CheckReport) -> [Finding] {
        let damages = report.damages.map { damage in
            Finding(
                ruleID: "vault.damaged", severity: .critical, subject: damage.subject, message: damage.detail,
                remedy: "Bring the object back from a copy of the vault; versions that S3 still has are stored anew by the next tfguard snapshot.")
        }
        let histories = report.touchedHistories.map { state in
            Finding(
                ruleID: "vault.history.damaged", severity: .critical, subject: "\(state.site):\(state.key)",
                message: "A part of the history can't be read.", remedy: "Run tfguard snapshot, which records anew what S3 still has.")
        }
        let notes = report.notes.map { note in
            Finding(ruleID: "vault.note", severity: .info, subject: "vault", message: note)
        }
        return damages + histories + notes
    }
}

extension ProgressReading {
    init(_ progress: CheckProgress) {
        let readsStates = progress.statesTotal > 0
        self.init(
            phase: "checking", done: readsStates ? progress.states : progress.packs,
            total: readsStates ? progress.statesTotal : progress.packsTotal, unit: readsStates ? "states" : "packs", bytes: progress.bytesRead)
    }
}
