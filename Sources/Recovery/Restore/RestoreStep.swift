/// The boundaries between the steps of a restore. Whatever happens at one of them, the state is exactly the old or exactly
/// the new one.
public enum RestoreStep: String, Sendable, CaseIterable {
    /// Nothing has been written anywhere.
    case planned
    /// Of two locks, the first is held.
    case halfLocked = "half-locked"
    case locked
    /// What was there is in the vault.
    case backedUp = "backed-up"
    /// The state is the new one; its digest may be the old one's.
    case written
    case digestWritten = "digest-written"
    /// Read back and compared.
    case proven
    /// Of two locks, one is released.
    case halfUnlocked = "half-unlocked"
    case unlocked
}
