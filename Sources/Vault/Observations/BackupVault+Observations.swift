internal import Cryptography
public import Timestamps

/// Small write-once notes of what runs saw at sites, beside the backup itself.
///
/// A note's name is its time and the beginning of its SHA-256: `0001795356465000000000-1f8a…`. No snapshot refers to notes;
/// they may be deleted at any time, and what is not a note is passed over.
extension BackupVault {
    /// What notes are about; each kind has a folder of its own.
    public enum ObservationKind: Sendable, Hashable, CaseIterable {
        /// The state of a replication, as `tfguard verify` saw it.
        case replication
        /// Objects that were looked into and are no states.
        case examined

        var folder: ObjectName.Folder {
            switch self {
            case .replication: .replication
            case .examined: .examined
            }
        }
    }

    /// Notes found.
    public struct Observations: Sendable {
        /// Oldest first.
        public var notes: [[UInt8]]
        /// Where each of the notes is.
        public var names: [ObjectName]
        /// Notes whose bytes are not those that were written.
        public var damaged: Int
    }

    /// Adds a note.
    /// - Throws: `VaultError.storage`.
    public func addObservation(_ note: [UInt8], _ kind: ObservationKind = .replication, at time: Timestamp) async throws {
        let bytes = try files.seal(note)
        let digits = String(max(0, time.nanoseconds))
        let name = String(repeating: "0", count: max(0, 22 - digits.utf8.count)) + digits + "-" + String(SHA256.hash(bytes).hex.prefix(32))
        guard let object = ObjectName(kind.folder, name) else { return }
        _ = try await files.put(object, bytes)
    }

    /// The newest notes.
    /// - Throws: `VaultError.storage`.
    public func observations(_ kind: ObservationKind = .replication, newest limit: Int) async throws -> Observations {
        let names = try await files.list(kind.folder).objects.map(\.name).sorted().suffix(limit)
        var result = Observations(notes: [], names: [], damaged: 0)
        for name in names {
            let bytes: [UInt8]
            do {
                bytes = try await files.get(name)
            } catch VaultError.damaged {
                // Another run replaced it since it was listed.
                continue
            }
            guard name.name.utf8.count == 55, SHA256.hash(bytes).hex.hasPrefix(name.name.suffix(32)), let note = files.unseal(bytes) else {
                result.damaged += 1
                continue
            }
            result.notes.append(note)
            result.names.append(name)
        }
        return result
    }

    /// Takes all but the newest notes away.
    /// - Throws: `VaultError.storage`.
    public func pruneObservations(_ kind: ObservationKind = .replication, keeping limit: Int) async throws {
        let names = try await files.list(kind.folder).objects.map(\.name).sorted()
        try await removeObservations(Array(names.dropLast(limit)))
    }

    /// Takes notes away that a newer one replaces. One that is gone already is no error.
    /// - Throws: `VaultError.storage`.
    public func removeObservations(_ names: [ObjectName]) async throws {
        for name in names where ObservationKind.allCases.contains(where: { $0.folder == name.folder }) { try await files.delete(name) }
    }
}
