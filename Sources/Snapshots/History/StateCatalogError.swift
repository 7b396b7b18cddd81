/// Why a reference cannot be followed, beside what S3, the vault and the reference itself say.
public enum StateCatalogError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The reference needs a vault and there is none.
    case noVault(reference: String)
    case file(path: String, reason: String)
    case damagedVaultCopy(reference: String, detail: String)

    public var description: String {
        switch self {
        case .noVault(let reference): "\(reference): there is no vault to read from; configure vault.location, or run tfguard snapshot first"
        case .file(let path, let reason): "\(path): \(reason)"
        case .damagedVaultCopy(let reference, let detail): "\(reference): \(detail)"
        }
    }
}
