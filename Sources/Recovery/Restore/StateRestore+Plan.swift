internal import Cryptography
internal import Findings
internal import S3
public import Sites
public import Snapshots
internal import StateJSON
internal import TerraformState

extension StateRestore {
    /// Finds out what putting a version back would do; writes nothing.
    ///
    /// - Parameters:
    ///   - reference: the state. With `vault:` the version is taken from the vault alone.
    ///   - version: which version comes.
    /// - Throws: ``RestoreError``, `ReferenceError`, the errors of S3, DynamoDB and the vault.
    public func plan(_ reference: SiteReference, to version: VersionSelector, allowing permissions: RestorePermissions = .init()) async throws -> RestorePlan {
        let list = try await history(SiteReference(site: reference.site, key: reference.key))
        let walk = try await HistoryWalk(list, catalog: context.catalog, bucket: context.site.bucket, policy: .init(), digest: nil)
        let blob: StateBlob
        if version == .lastGood, !reference.fromVault {
            guard let entry = walk.lastGood else {
                throw ReferenceError(reference: "\(reference)", reason: .noSuchVersion(.lastGood, detail: "no version passes the doctor's checks"))
            }
            blob = try await context.catalog.read(entry, of: list)
        } else {
            blob = try await context.catalog.read(.site(SiteReference(site: reference.site, key: list.key, version: version, fromVault: reference.fromVault)))
        }
        return try await plan(blob, list: list, walk: walk, permissions)
    }

    /// Finds out what putting a file in the place of a state would do; writes nothing.
    ///
    /// - Parameter reference: the state; a key that never existed must be given in full.
    public func plan(adopting blob: StateBlob, as reference: SiteReference, allowing permissions: RestorePermissions = .init()) async throws -> RestorePlan {
        let list: VersionList
        do {
            list = try await history(SiteReference(site: reference.site, key: reference.key))
        } catch let error as ReferenceError {
            // The first apply of all may be the one that could not upload its state.
            guard let key = reference.key else { throw error }
            switch error.reason {
            case .noStates, .noSuchKey(nearest: _): list = VersionList(site: reference.site, key: key, entries: [], notes: [], origins: .s3)
            default: throw error
            }
        }
        let walk = try await HistoryWalk(list, catalog: context.catalog, bucket: context.site.bucket, policy: .init(), digest: nil)
        let plan = try await plan(blob, list: list, walk: walk, permissions)
        if let serial = plan.to.serial, let current = plan.from?.serial, serial < current, !permissions.older {
            throw RestoreError.olderThanCurrent(reference: blob.reference, serial: serial, current: current)
        }
        return plan
    }

    private func history(_ reference: SiteReference) async throws -> VersionList {
        let list = try await context.catalog.versions(of: reference, details: .content)
        guard list.origins.contains(.s3) else { throw RestoreError.noAnswer(reference: list.reference, notes: list.notes) }
        return list
    }

    private func plan(_ blob: StateBlob, list: VersionList, walk: HistoryWalk, _ permissions: RestorePermissions) async throws -> RestorePlan {
        let source = ExaminedContent(blob.bytes, sha256: blob.sha256)
        try checkUsable(source, blob.reference)
        var cautions = list.notes + blob.notes
        try checkLineage(source, blob.reference, expected: walk.lastGood?.lineage ?? list.entries.first { $0.lineage != nil }?.lineage, permissions, &cautions)
        let entry = list.entries.first.flatMap { $0.isListed ? $0 : nil }
        let hasCurrent = entry.map { !$0.isDeleteMarker } ?? false
        let current = hasCurrent ? walk.currentBytes.map { bytes in ExaminedContent(bytes, sha256: bytes.withUnsafeBytes { SHA256.hash($0) }) } : nil
        let outcome = try await outcome(of: source, over: current, list, &cautions)
        let lock = StateLock(of: list.key, at: context.site, dynamoDB: context.dynamoDB)
        let digestBefore = try await lock.table?.digest()
        let digestAfter = lock.table.map { _ in StateDoctor.md5(outcome.bytes) }
        let known = try await newestReadable(current, list)
        if let known, let now = known.reading.state?.terraformVersion, let then = source.reading.state?.terraformVersion, now != then {
            cautions.append("written by Terraform \(then); the state is at \(now) now, whose providers may have changed the form of resources")
        }
        if !lock.isConfigured { cautions.append("the site names no lock: make sure that nobody runs Terraform meanwhile") }
        return RestorePlan(
            site: list.site, key: list.key, action: outcome.writes ? .write : digestAfter == digestBefore ? .nothing : .digest,
            from: current.map { .init($0, verdict: walk.current?.verdict ?? Verdict($0.reading.verdict), reference: list.reference, versionID: entry?.versionID) },
            current: entry, to: .init(source, verdict: Verdict(source.reading.verdict), reference: blob.reference, versionID: blob.entry?.versionID),
            newSerial: outcome.serial, lost: AffectedInstance.of(known?.reading.state, notIn: source.reading.state),
            returning: known?.reading.state == nil ? [] : AffectedInstance.of(source.reading.state, notIn: known?.reading.state), locks: lock.mechanisms,
            holders: try await StateLock(of: list.key, at: context.site, dynamoDB: context.dynamoDB, looksEverywhere: true).holders(),
            digestBefore: digestBefore, digestAfter: digestAfter, cautions: cautions, bytes: outcome.bytes,
            attributes: try await attributes(blob, list, walk), conditions: hasCurrent ? S3Conditions(ifMatch: entry?.etag) : .absent)
    }

    private func checkUsable(_ source: ExaminedContent, _ reference: String) throws(RestoreError) {
        switch Verdict(source.reading.verdict) {
        case .ok, .suspect, .encrypted: return
        case .unsupported where source.generation != nil: return
        default: break
        }
        let reason = source.reading.state?.problems.first { $0.effect != .suspicious }?.message ?? source.reading.form.description
        throw .unusableSource(reference: reference, reason: reason)
    }

    private func checkLineage(_ source: ExaminedContent, _ reference: String, expected: String?, _ permissions: RestorePermissions, _ cautions: inout [String]) throws(RestoreError) {
        guard let expected, let lineage = source.generation?.lineage, !expected.isEmpty, !lineage.isEmpty, lineage != expected else { return }
        guard permissions.lineageChange else { throw .otherLineage(reference: reference, lineage: lineage, expected: expected) }
        cautions.append("the lineage changes from \(expected) to \(lineage)")
    }

    private struct Outcome {
        var bytes: StateBytes
        var serial: UInt64?
        var writes: Bool
    }

    /// The bytes that are to be there afterwards: the source's, with a serial above all that were ever seen; or the current
    /// ones, when they are just that already.
    private func outcome(of source: ExaminedContent, over current: ExaminedContent?, _ list: VersionList, _ cautions: inout [String]) async throws -> Outcome {
        if case .encrypted = source.reading.form {
            cautions.append("the state is encrypted: it is put back byte for byte, and its serial cannot be raised; discard every saved plan")
            return Outcome(bytes: source.bytes, serial: nil, writes: source.bytes != current?.bytes)
        }
        guard let generation = source.generation else { throw RestoreError.unusableSource(reference: list.reference, reason: "it has no serial") }
        var highest = HighestSerial(lineage: generation.lineage)
        highest.see(generation)
        try await highest.see(list, catalog: context.catalog)
        for replica in context.replicas { try await highest.see(replica: replica, key: list.key, catalog: context.catalog) }
        cautions += highest.cautions
        if let current, let now = current.generation, now.lineage == generation.lineage, now.serial == highest.value, list.entries.contains(where: { $0.isListed }),
            current.bytes == source.bytes || (try? replacingSerial(in: source.bytes, with: now.serial)) == current.bytes {
            return Outcome(bytes: current.bytes, serial: now.serial, writes: false)
        }
        guard highest.value < .max else { throw RestoreError.serialExhausted }
        let serial = highest.value + 1
        do {
            return Outcome(bytes: try replacingSerial(in: source.bytes, with: serial), serial: serial, writes: true)
        } catch {
            throw RestoreError.unusableSource(reference: list.reference, reason: error.description)
        }
    }

    /// The newest version that tells which objects exist: the current one, or the one before the damage.
    private func newestReadable(_ current: ExaminedContent?, _ list: VersionList) async throws -> ExaminedContent? {
        if let current, current.reading.state != nil { return current }
        guard let entry = list.entries.first(where: { $0.form == "state" && !$0.isDeleteMarker }) else { return nil }
        let blob = try await context.catalog.read(entry, of: list)
        return ExaminedContent(blob.bytes, sha256: blob.sha256)
    }

    /// Encryption, content type and tags as the version has them that comes back, or else the last good one.
    private func attributes(_ blob: StateBlob, _ list: VersionList, _ walk: HistoryWalk) async throws -> S3ObjectAttributes {
        var attributes = S3ObjectAttributes(contentType: "application/json", encryption: S3WriteEncryption(context.site.settings.encryption))
        let models = [blob.key == list.key && blob.site == list.site ? blob.entry : nil, walk.lastGood].compactMap { $0 }
        guard let model = models.first(where: { entry in list.entries.contains { $0.versionID == entry.versionID && $0.isListed } }) else { return attributes }
        let head: S3ObjectHead
        do {
            head = try await context.site.bucket.headObject(key: list.key, versionID: model.versionID)
        } catch is S3Error {
            // The bytes come from the vault then; Terraform's own defaults do.
            return attributes
        }
        if let type = head.contentType { attributes.contentType = type }
        attributes.cacheControl = head.cacheControl
        attributes.metadata = head.metadata
        if head.tagCount > 0 { attributes.tags = try await context.site.bucket.objectTags(key: list.key, versionID: model.versionID).value ?? [:] }
        if attributes.encryption == .bucketDefault {
            switch head.encryption {
            case .kms(let keyID, isDualLayer: false): attributes.encryption = .kms(keyID: keyID)
            case .s3: attributes.encryption = .s3
            case .customerKey: attributes.encryption = .customerKey
            case .kms, .other, nil: break
            }
        }
        return attributes
    }
}
