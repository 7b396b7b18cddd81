internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON
internal import TerraformState
internal import Vault

/// Reads what is inside versions, from where it is cheapest: the vault, the primary side, the DR side.
struct VersionContents: Sendable {
    let vault: BackupVault?
    let source: Site?
    let replica: Site?
    let sourceName: String
    let replicaName: String

    /// What the vault knows of a state, on both sides.
    struct Memory: Sendable {
        var source: StateHistory?
        var replica: StateHistory?

        func version(_ version: S3ObjectVersion, replicaID: String?) -> VaultVersion? {
            if let known = source?.version(matching: ListedVersion(version)) { return known }
            guard let replica else { return nil }
            return replica.versions.first { $0.listed.versionID == (replicaID ?? version.versionID) && $0.listed.size == version.size && $0.listed.etag == version.etag }
        }
    }

    /// States larger than this are not compared to say which resources would be lost.
    static let sizeLimit: Int64 = 64 << 20

    func memory(of key: String) async -> Memory {
        guard let vault else { return Memory() }
        // A damaged vault is no reason not to look at the buckets; `tfguard vault check` is the place to hear of it.
        let source = try? await vault.history(of: StateID(site: sourceName, key: key))
        let replica = try? await vault.history(of: StateID(site: replicaName, key: key))
        return Memory(source: source, replica: replica)
    }

    /// The serial in a version; nil when nobody tells.
    /// - Parameter asksS3: whether the first kilobyte may be fetched.
    func serial(of version: S3ObjectVersion, replicaID: String?, _ memory: Memory, asksS3: Bool) async throws -> UInt64? {
        guard !version.isDeleteMarker else { return nil }
        if let serial = memory.version(version, replicaID: replicaID)?.summary?.serial { return serial }
        guard asksS3, version.size > 0 else { return nil }
        for (site, id) in [(source, Optional(version.versionID)), (replica, replicaID)] {
            guard let site, let id else { continue }
            do {
                let head = try await site.bucket.getObject(key: version.key, versionID: id, range: .bytes(0..<min(version.size, 1024)))
                return StateHead(prefix: head.bytes)?.serial
            } catch is S3Error {
                continue
            }
        }
        return nil
    }

    /// The bytes of a version.
    /// - Throws: ``S3Error`` or a vault's error of the last place that was tried; nil when no place has it.
    func bytes(of version: S3ObjectVersion, replicaID: String?, _ memory: Memory) async throws -> StateBytes? {
        if let vault, let stored = memory.version(version, replicaID: replicaID), stored.isInVault, let bytes = try? await vault.read(stored) { return bytes }
        var failure: S3Error?
        for (site, id) in [(source, Optional(version.versionID)), (replica, replicaID)] {
            guard let site, let id else { continue }
            do {
                return try await site.bucket.getObject(
                    key: version.key, versionID: id, expecting: S3Expectation(size: version.size), into: StateBytes.Builder.self
                ).bytes
            } catch let error as S3Error {
                failure = error
            }
        }
        if let failure { throw failure }
        return nil
    }
}
