public import S3

/// The lock file beside a state, `KEY.tflock`, as Terraform's `use_lockfile` has it.
/// (hashicorp/terraform, internal/backend/remote-state/s3/client.go)
public struct LockFile: Sendable {
    let bucket: S3Bucket
    /// The key of the lock file itself.
    let key: String
    /// The site encrypts its lock files like its states.
    let attributes: S3ObjectAttributes

    public init(bucket: S3Bucket, stateKey: String, encryption: S3WriteEncryption) {
        self.bucket = bucket
        key = stateKey + ".tflock"
        attributes = S3ObjectAttributes(contentType: "application/json", encryption: encryption)
    }

    var place: String { "s3://\(bucket.name)/\(key)" }

    /// Who holds it now; nil when nobody does.
    public func holder() async throws -> LockHolder? {
        do {
            let object = try await bucket.getObject(key: key, versionID: nil)
            return LockHolder(half: .file, place: place, info: LockInfo(json: object.bytes), stored: object.head.lastModified)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {
            return nil
        }
    }

    /// Takes it.
    ///
    /// - Throws: ``LockError/held(_:)`` when somebody has it, ``LockError/serverIgnoresConditions(place:)`` when the server
    ///   accepts what it should have refused; `S3Error`.
    func acquire(_ info: LockInfo) async throws {
        do {
            _ = try await bucket.putObject(key: key, info.json, conditions: .absent, attributes: attributes)
        } catch let error as S3Error where error.kind == .preconditionFailed || error.kind == .conflict {
            guard let holder = try await holder() else { throw error }
            // The answer to our own write may have been lost on the way.
            if holder.info?.id != info.id { throw LockError.held(holder) }
        }
        // Writing our own lock again must be refused now; a server that accepts it would accept anybody's.
        do {
            _ = try await bucket.putObject(key: key, info.json, conditions: .absent, attributes: attributes)
        } catch let error as S3Error where error.kind == .preconditionFailed || error.kind == .conflict {
            return
        }
        try await release(info.id)
        throw LockError.serverIgnoresConditions(place: place)
    }

    /// Removes the lock with this ID, and no other.
    ///
    /// - Throws: ``LockError/notOurs(expected:found:)``, ``LockError/vanished(place:id:)``; `S3Error`.
    func release(_ id: String) async throws {
        guard let holder = try await holder() else { throw LockError.vanished(place: place, id: id) }
        guard holder.info?.id == id else { throw LockError.notOurs(expected: id, found: holder) }
        _ = try await bucket.deleteObject(key: key)
    }

    /// Removes whatever is there: for a lock whose content cannot be read, which no ID can name.
    func removeUnreadable() async throws {
        _ = try await bucket.deleteObject(key: key)
    }
}
