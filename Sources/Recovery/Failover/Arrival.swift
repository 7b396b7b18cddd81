internal import S3
internal import Sites

/// Whether what is current on one side is current on the other.
struct Arrival {
    let from: Site
    let to: Site

    /// By version id where replication keeps it, else by the bytes.
    func isComplete(_ key: String) async throws -> Bool {
        guard let source = try await head(key, from) else { return true }
        guard let replica = try await head(key, to) else { return false }
        if let id = source.versionID, id != "null", id == replica.versionID { return true }
        guard source.size == replica.size else { return false }
        if !source.etag.isEmpty, source.etag == replica.etag { return true }
        let original = try await from.bucket.getObject(key: key, versionID: source.versionID)
        let copy = try await to.bucket.getObject(key: key, versionID: replica.versionID)
        return original.sha256 == copy.sha256
    }

    private func head(_ key: String, _ site: Site) async throws -> S3ObjectHead? {
        do {
            return try await site.bucket.headObject(key: key)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {
            return nil
        }
    }
}
