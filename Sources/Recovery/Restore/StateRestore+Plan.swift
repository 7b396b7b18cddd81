internal import S3
public import Sites
public import Snapshots

extension StateRestore {
    /// Finds out what putting a version back would do; writes no state.
    ///
    /// - Parameters:
    ///   - reference: the state. With `vault:` the version is taken from the vault alone. When its site is the context's
    ///     ``RestoreContext/origin``, the version comes from there, and what is written is the state of the same name at the
    ///     context's site.
    ///   - version: which version comes.
    ///   - destination: the key at the context's site, where it is not that of the same name.
    /// - Throws: ``RestoreError``, `ReferenceError`, the errors of S3, DynamoDB and the vault.
    public func plan(
        _ reference: SiteReference, to version: VersionSelector, at destination: String? = nil, allowing permissions: RestorePermissions = .init()
    ) async throws -> RestorePlan {
        guard reference.site == context.site.name else {
            return try await plan(from: reference, version, at: destination, allowing: permissions)
        }
        let list = try await history(SiteReference(site: reference.site, key: reference.key))
        let draft = try await draft(of: list)
        let blob: StateBlob
        if version == .lastGood, !reference.fromVault {
            blob = try await context.catalog.read(try lastGood(in: draft.walk, reference), of: list)
        } else {
            blob = try await context.catalog.read(.site(SiteReference(site: reference.site, key: list.key, version: version, fromVault: reference.fromVault)))
        }
        return try await draft.plan(blob, permissions)
    }

    /// Finds out what putting a file in the place of a state would do; writes no state.
    ///
    /// - Parameter reference: the state; a key that never existed must be given in full.
    public func plan(adopting blob: StateBlob, as reference: SiteReference, allowing permissions: RestorePermissions = .init()) async throws -> RestorePlan {
        let draft = try await draft(of: historyOrNone(reference.site, reference.key))
        let plan = try await draft.plan(blob, permissions)
        if let serial = plan.to.serial, let current = plan.from?.serial, serial < current, !permissions.older {
            throw RestoreError.olderThanCurrent(reference: blob.reference, serial: serial, current: current)
        }
        return plan
    }

    /// A version of another site: its history decides which one, and counts for the serial too.
    private func plan(from reference: SiteReference, _ version: VersionSelector, at destination: String?, allowing permissions: RestorePermissions) async throws -> RestorePlan {
        let source = try await context.catalog.versions(of: SiteReference(site: reference.site, key: reference.key, fromVault: reference.fromVault), details: .content)
        let blob: StateBlob
        if version == .lastGood {
            let walk = try await HistoryWalk(source, catalog: context.catalog, bucket: nil, policy: .init(), digest: nil)
            blob = try await context.catalog.read(try lastGood(in: walk, reference), of: source, fromVault: reference.fromVault)
        } else {
            blob = try await context.catalog.read(.site(SiteReference(site: reference.site, key: source.key, version: version, fromVault: reference.fromVault)))
        }
        let key = destination ?? keyAtSite(of: source.key)
        var draft = try await draft(of: historyOrNone(context.site.name, key))
        draft.origin = source
        return try await draft.plan(blob, permissions)
    }

    /// The state of the same name: another prefix in the place of the origin's own.
    private func keyAtSite(of key: String) -> String {
        let own = context.site.settings.prefix ?? ""
        let other = context.origin?.settings.prefix ?? ""
        return key.utf8.starts(with: other.utf8) ? own + String(key.unicodeScalars.dropFirst(other.unicodeScalars.count)) : key
    }

    private func lastGood(in walk: HistoryWalk, _ reference: SiteReference) throws -> VersionEntry {
        if let entry = try walk.soundest(reference: "\(reference)") { return entry }
        throw ReferenceError(reference: "\(reference)", reason: .noSuchVersion(.lastGood, detail: "no version passes the doctor's checks"))
    }

    private func draft(of list: VersionList) async throws -> RestoreDraft {
        RestoreDraft(context: context, list: list, walk: try await HistoryWalk(list, catalog: context.catalog, bucket: context.site.bucket, policy: .init(), digest: nil))
    }

    private func history(_ reference: SiteReference) async throws -> VersionList {
        let list = try await context.catalog.versions(of: reference, details: .content)
        guard list.origins.contains(.s3) else { throw RestoreError.noAnswer(reference: list.reference, notes: list.notes) }
        return list
    }

    /// The history; an empty one for a key that never existed, and must then be whole.
    private func historyOrNone(_ site: String, _ key: String?) async throws -> VersionList {
        do {
            return try await history(SiteReference(site: site, key: key))
        } catch let error as ReferenceError {
            // The first apply of all may be the one that could not upload its state.
            guard let key else { throw error }
            switch error.reason {
            case .noStates, .noSuchKey(nearest: _): return VersionList(site: site, key: key, entries: [], notes: [], origins: .s3)
            default: throw error
            }
        }
    }
}
