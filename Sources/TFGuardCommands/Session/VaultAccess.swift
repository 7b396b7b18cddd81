import Reports
import Sites
import Timestamps
import Vault

/// Opens the vault that flags and configuration name.
struct VaultAccess: CustomStringConvertible {
    let location: VaultSettings.Location

    /// - Throws: ``Complaint`` when no vault is named, or one that this version can't use.
    init(_ session: Session, _ options: ConfigurationOptions) throws {
        if let text = options.vault ?? session.environment["TFGUARD_VAULT"] {
            location = text.hasPrefix("s3://") ? .s3(bucket: String(text.dropFirst(5)), prefix: nil) : .folder(try WorkingDirectory.absolute(text))
            return
        }
        let configuration = try session.requiredConfiguration(options)
        guard let vault = configuration.vault else {
            throw Complaint(
                .usage, configuration.file ?? "tfguard.yaml", "The configuration names no vault.",
                hint: "Add vault: { location: ./tfguard-vault }, or give --vault.")
        }
        switch vault.encryption {
        case .unspecified, .none: location = vault.location
        case .passphrase, .kms:
            throw Complaint(
                .failure, configuration.file ?? "tfguard.yaml", "This version of tfguard can't encrypt vaults yet.",
                hint: "Take out vault.encryption to keep an unencrypted vault.")
        }
    }

    /// Where it is.
    var description: String {
        switch location {
        case .folder(let path): path
        case .s3(let bucket, let prefix): "s3://" + [bucket, prefix].compactMap(\.self).joined(separator: "/")
        }
    }

    /// The vault, which has to be there.
    func open() async throws -> BackupVault {
        try await BackupVault.open(storage { path throws(StorageError) in try LocalFolderStorage(existing: path) })
    }

    /// The vault, made when the folder holds none.
    func openOrCreate(at time: Timestamp) async throws -> BackupVault {
        let storage = try storage { path throws(StorageError) in try LocalFolderStorage(creating: path) }
        do {
            return try await BackupVault.open(storage)
        } catch VaultError.noVault {
            return try await BackupVault.create(in: storage, at: time)
        }
    }

    /// The vault if there is one.
    func openIfPresent() async throws -> BackupVault? {
        do {
            return try await open()
        } catch VaultError.noVault {
            return nil
        }
    }

    private func storage(_ make: (String) throws(StorageError) -> LocalFolderStorage) throws -> LocalFolderStorage {
        switch location {
        case .s3:
            throw Complaint(.failure, "vault", "This version of tfguard keeps vaults in local folders only.", hint: "Name a folder.")
        case .folder(let path):
            do {
                return try make(path)
            } catch {
                throw error.code == .noFolder ? VaultError.noVault(location: path) : VaultError.storage(error)
            }
        }
    }
}
