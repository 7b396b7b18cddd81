/// What a committed run has added.
public struct SnapshotResult: Sendable, Hashable {
    public var record: SnapshotRecord
    /// Bytes added to the vault, everything included.
    public var storedBytes: Int64
    /// Versions whose bytes this run stored.
    public var versionsStored: Int
}

extension RunProblem {
    init(damage: Damage) {
        self.init(reference: damage.subject, code: "VaultDamage", message: damage.detail)
    }
}
