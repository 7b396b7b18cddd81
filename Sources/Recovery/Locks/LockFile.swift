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
            return LockHolder(half: .file, place: place, info: LockInfo(json: object.bytes), stored: object.head.lastModified, etag: object.head.etag)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {
            return nil
        }
    }

    /// Takes it. When this throws, the lock may have been taken all the same if an answer was lost: ``StateLock`` looks.
    ///
    /// - Parameter exclusion: whether the server is known to honour conditions; where it does not, the lock can only be seen,
    ///   not enforced.
    /// - Throws: ``LockError/held(_:)`` when somebody has it, ``LockError/serverIgnoresConditions(place:)`` when the server
    ///   accepts what it should have refused; `S3Error`.
    func acquire(_ info: LockInfo, exclusion: LockExclusion) async throws {
        if exclusion == .impossible, let holder = try await holder() { throw LockError.held(holder) }
        try await write(info)
        switch exclusion {
        case .proven: return
        case .impossible:
            let holder = try await holder()
            if let holder, holder.info?.id != info.id { throw LockError.held(holder) }
        case .toBeProven:
            // Writing our own lock again must be refused now; a server that accepts it would accept anybody's.
            do {
                _ = try await bucket.putObject(key: key, info.json, conditions: .absent, attributes: attributes)
            } catch let error as S3Error where error.kind == .preconditionFailed || error.kind == .conflict {
                return
            }
            throw LockError.serverIgnoresConditions(place: place)
        }
    }

    private func write(_ info: LockInfo) async throws {
        do {
            _ = try await bucket.putObject(key: key, info.json, conditions: .absent, attributes: attributes)
        } catch let error as S3Error where error.kind == .preconditionFailed || error.kind == .conflict {
            guard let holder = try await holder() else { throw error }
            // The answer to our own write may have been lost on the way.
            if holder.info?.id != info.id { throw LockError.held(holder) }
        }
    }

    /// Removes the lock with this ID, and no other.
    ///
    /// - Throws: ``LockError/notOurs(expected:found:)``, ``LockError/vanished(place:id:)``; `S3Error`.
    func release(_ id: String) async throws {
        guard let holder = try await holder() else { throw LockError.vanished(place: place, id: id) }
        guard holder.info?.id == id else { throw LockError.notOurs(expected: id, found: holder) }
        do {
            // A deletion whose answer is lost is sent again: the condition keeps it from removing the next one's lock.
            _ = try await bucket.deleteObject(key: key, ifMatch: holder.etag)
        } catch let error as S3Error where [.preconditionFailed, .noSuchKey, .notSupported].contains(error.kind) {
            guard let rest = try await self.holder(), rest.info?.id == id else { return }
            _ = try await bucket.deleteObject(key: key)
        }
    }

    /// Removes whatever is there: for a lock whose content cannot be read, which no ID can name.
    func removeUnreadable() async throws {
        _ = try await bucket.deleteObject(key: key)
    }
}

/// Whether a lock file excludes anybody: that takes a server that honours `If-None-Match`.
public enum LockExclusion: String, Sendable, Hashable {
    case proven
    /// Nothing is known: proven with the lock itself.
    case toBeProven
    /// The server ignores conditions.
    case impossible
}
