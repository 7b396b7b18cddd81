internal import S3
internal import Sites

/// The fences of one site: `.tfguard/fence/KEY.json` below the folder of the site's prefix.
struct FenceStore: Sendable {
    let site: Site

    /// A fence as it was read.
    struct Stored: Sendable {
        var fence: FailoverFence
        var etag: String
    }

    func key(of stateKey: String) -> String { "\(OwnFolder.path(in: site.settings))fence/\(stateKey).json" }

    func place(of stateKey: String) -> String { "s3://\(site.bucket.name)/\(key(of: stateKey))" }

    /// The fence of a state, ended or not; nil when there never was one.
    ///
    /// - Throws: ``FailoverError/unreadableFence(place:)``; `S3Error`.
    func read(_ stateKey: String) async throws -> Stored? {
        do {
            let object = try await site.bucket.getObject(key: key(of: stateKey), versionID: nil)
            guard let fence = FailoverFence(json: object.bytes), fence.key == stateKey else { throw FailoverError.unreadableFence(place: place(of: stateKey)) }
            return Stored(fence: fence, etag: object.head.etag)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {
            return nil
        }
    }

    /// All fences of the site, ended ones too.
    ///
    /// - Throws: ``FailoverError/unreadableFence(place:)``; `S3Error`.
    func all() async throws -> [FailoverFence] {
        var fences: [FailoverFence] = []
        let folder = "\(OwnFolder.path(in: site.settings))fence/"
        for try await page in site.bucket.objects(prefix: folder) {
            for object in page.objects where object.key.hasSuffix(".json") {
                let stateKey = String(object.key.dropFirst(folder.count).dropLast(5))
                if let fence = try await read(stateKey)?.fence { fences.append(fence) }
            }
        }
        return fences
    }

    /// What has to hold for a write over what was read.
    static func conditions(over stored: Stored?) -> S3Conditions {
        stored.map { S3Conditions(ifMatch: $0.etag) } ?? .absent
    }

    /// Writes a fence over what was read, and nothing else.
    ///
    /// - Throws: ``FailoverError/fenceChanged(place:)`` when somebody else wrote meanwhile; `S3Error`.
    func write(_ fence: FailoverFence, over stored: Stored?) async throws {
        let attributes = S3ObjectAttributes(contentType: "application/json", encryption: S3WriteEncryption(site.settings.encryption))
        do {
            _ = try await site.bucket.putObject(key: key(of: fence.key), fence.json, conditions: Self.conditions(over: stored), attributes: attributes)
        } catch let error as S3Error where error.kind == .preconditionFailed || error.kind == .conflict {
            // Replication may have brought the same bytes from the other side just now.
            guard try await read(fence.key)?.fence == fence else { throw FailoverError.fenceChanged(place: place(of: fence.key)) }
        }
    }
}
