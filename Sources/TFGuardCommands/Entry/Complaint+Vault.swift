import Reports
import Vault

extension Complaint {
    /// What a vault's error means to the user.
    init(_ error: VaultError) {
        switch error {
        case .noVault(let location):
            self.init(.noVault, location, "There is no vault here.", hint: "Check the location, or make one with tfguard snapshot.")
        case .alreadyExists(let location):
            self.init(.failure, location, "The folder holds other files and no vault.", hint: "Choose an empty or new folder.")
        case .newerFormat(let version, let supported):
            self.init(
                .failure, "vault", "The vault has format \(version); this tfguard reads up to \(supported).", hint: "Use a newer tfguard.")
        case .keyNeeded(let location): self.init(.wrongKey, location, "The vault is encrypted.", hint: "Give its passphrase.")
        case .wrongKey(let location):
            self.init(.wrongKey, location, "No key slot of the vault opens with this passphrase.", hint: "Check the passphrase.")
        case .damaged(let damage):
            self.init(
                .failure, damage.subject, "damaged: \(damage.detail)",
                hint: "tfguard vault check --read-data says what else is touched.")
        case .notStored(let state, let versionID, let reason):
            self.init(
                .failure, "\(state.site):\(state.key)@id=\(versionID)", "The vault has no bytes of this version: \(reason).",
                hint: "tfguard snapshot fetches what it can.")
        case .unknownSnapshot(let id): self.init(.failure, id, "There is no such snapshot.", hint: "tfguard snapshots lists them.")
        case .ambiguousSnapshot(let id, let matches):
            let ids = matches.prefix(8).map(\.short).joined(separator: ", ")
            self.init(.failure, id, "\(matches.count) snapshots begin so.", hint: "Give more digits: \(ids).")
        case .storage(let error): self.init(.failure, "vault", error.description, hint: "")
        case .misuse: self.init(.failure, "vault", error.description, hint: "This is a fault of tfguard itself: please report it.")
        }
    }
}
