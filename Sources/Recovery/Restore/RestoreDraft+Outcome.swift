internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON
internal import TerraformState

extension RestoreDraft {
    /// What is to be there afterwards.
    struct Outcome {
        var bytes: StateBytes
        /// Nil for encrypted states.
        var serial: UInt64?
        /// False when just that is there already.
        var writes: Bool
    }

    /// The bytes that are to be there afterwards: the source's, with a serial above all that were ever seen; or the current
    /// ones, when they are just that already.
    func outcome(of source: ExaminedContent, over current: ExaminedContent?, _ cautions: inout [String]) async throws -> Outcome {
        if case .encrypted = source.reading.form {
            cautions.append("the state is encrypted: it is put back byte for byte, and its serial cannot be raised; discard every saved plan")
            return Outcome(bytes: source.bytes, serial: nil, writes: source.bytes != current?.bytes)
        }
        guard let generation = source.generation else { throw RestoreError.unusableSource(reference: list.reference, reason: "it has no serial") }
        var highest = HighestSerial(lineage: generation.lineage)
        highest.see(generation)
        try await highest.see(list, catalog: context.catalog)
        if let origin { try await highest.see(origin, catalog: context.catalog) }
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
    func newestReadable(_ current: ExaminedContent?) async throws -> ExaminedContent? {
        if let current, current.reading.state != nil { return current }
        guard let entry = list.entries.first(where: { $0.form == "state" && !$0.isDeleteMarker }) else { return nil }
        let blob = try await context.catalog.read(entry, of: list)
        return ExaminedContent(blob.bytes, sha256: blob.sha256)
    }

    /// Encryption, content type, metadata and tags as the version has them that comes back, or else the last good one.
    func attributes(_ blob: StateBlob) async throws -> S3ObjectAttributes {
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
        attributes.contentEncoding = head.contentEncoding
        attributes.metadata = head.metadata
        attributes.tags = try await tags(of: model, head)
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

    /// Some servers keep tags and do not count them in the headers.
    private func tags(of model: VersionEntry, _ head: S3ObjectHead) async throws -> [String: String] {
        guard head.tagCount > 0 || !context.site.bucket.isOnAWS else { return [:] }
        do {
            return try await context.site.bucket.objectTags(key: list.key, versionID: model.versionID).value ?? [:]
        } catch let error as S3Error where head.tagCount == 0 && [.noSuchKey, .noSuchVersion, .deleteMarker].contains(error.kind) {
            // Seen where the current version is a delete marker, though a version with bytes was named.
            return [:]
        }
    }
}
