internal import Sites
internal import Timestamps
internal import Vault

/// What earlier runs found out about objects that are no states, so that a run with nothing new reads nothing.
///
/// Only a help: what is missing or damaged is looked into again.
struct ExaminationMemory: Sendable {
    private struct SiteMemory {
        var verdicts: [ObjectFingerprint: IgnoredReason] = [:]
        var notes: [ObjectName] = []
    }

    private var sites: [ObjectFingerprint: SiteMemory] = [:]

    /// There is one note a site; more only where runs wrote at the same time.
    private static let noteLimit = 1_000

    init() {}

    /// - Throws: the vault's error when its storage does not answer.
    init(_ vault: BackupVault) async throws {
        let observations = try await vault.observations(.examined, newest: Self.noteLimit)
        for (bytes, name) in zip(observations.notes, observations.names) {
            guard let note = ExaminationNote(reading: bytes) else { continue }
            sites[note.site, default: SiteMemory()].verdicts.merge(note.verdicts) { $1 }
            sites[note.site, default: SiteMemory()].notes.append(name)
        }
    }

    func verdicts(of site: String) -> [ObjectFingerprint: IgnoredReason] {
        sites[ObjectFingerprint(site: site)]?.verdicts ?? [:]
    }

    /// Writes down what a run learnt, if it learnt anything, or if most of what is remembered is out of date.
    /// - Throws: the vault's errors.
    func add(_ examination: Examination, of site: String, to vault: BackupVault, at time: Timestamp) async throws {
        let site = ObjectFingerprint(site: site)
        let known = sites[site] ?? SiteMemory()
        let current = examination.recognised.count + examination.learned.count
        let isOutgrown = examination.isWhole && known.verdicts.count > 2 * current + 100
        guard !examination.learned.isEmpty || isOutgrown else { return }
        var verdicts = examination.isWhole ? known.verdicts.filter { examination.recognised.contains($0.key) } : known.verdicts
        verdicts.merge(examination.learned) { $1 }
        try await vault.addObservation(ExaminationNote(site: site, verdicts: verdicts).document, .examined, at: time)
        try await vault.removeObservations(known.notes)
    }
}
