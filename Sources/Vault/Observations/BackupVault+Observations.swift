internal import Cryptography
public import Timestamps

/// Small write-once notes of runs that look at sites without backing them up, in the folder `replication`.
///
/// A note's name is its time and the beginning of its SHA-256: `0001795356465000000000-1f8a…`. No snapshot refers to notes;
/// they may be deleted at any time, and what is not a note is passed over.
extension BackupVault {
    /// Notes found.
    public struct Observations: Sendable {
        /// Oldest first.
        public var notes: [[UInt8]]
        /// Notes whose bytes are not those that were written.
        public var damaged: Int
    }

    /// Adds a note.
    /// - Throws: `VaultError.storage`.
    public func addObservation(_ note: [UInt8], at time: Timestamp) async throws {
        let bytes = try files.seal(note)
        let digits = String(max(0, time.nanoseconds))
        let name = String(repeating: "0", count: max(0, 22 - digits.utf8.count)) + digits + "-" + String(SHA256.hash(bytes).hex.prefix(32))
        guard let object = ObjectName(.replication, name) else { return }
        _ = try await files.put(object, bytes)
    }

    /// The newest notes.
    /// - Throws: `VaultError.storage`.
    public func observations(newest limit: Int) async throws -> Observations {
        let names = try await files.list(.replication).objects.map(\.name).sorted().suffix(limit)
        var result = Observations(notes: [], damaged: 0)
        for name in names {
            let bytes = try await files.get(name)
            guard name.name.utf8.count == 55, SHA256.hash(bytes).hex.hasPrefix(name.name.suffix(32)), let note = files.unseal(bytes) else {
                result.damaged += 1
                continue
            }
            result.notes.append(note)
        }
        return result
    }
}
