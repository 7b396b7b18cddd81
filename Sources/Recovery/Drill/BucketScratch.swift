internal import S3
internal import Sites
internal import StateJSON
internal import Synchronization

/// A part of a bucket that is a drill's own. What is written is removed by its version, so that not even a delete marker
/// stays behind.
final class BucketScratch: Scratch {
    private let site: Site
    private let folder: String
    private let written = Mutex<[S3ObjectIdentifier]>([])

    init(site: Site, folder: String) {
        (self.site, self.folder) = (site, folder)
    }

    var place: String { "s3://\(site.bucket.name)/\(folder)" }

    func write(_ bytes: StateBytes, key: String) async throws {
        let name = folder + key
        // Noted before it is written: an answer may be lost.
        written.withLock { $0.append(S3ObjectIdentifier(key: name)) }
        let attributes = S3ObjectAttributes(contentType: "application/json", encryption: S3WriteEncryption(site.settings.encryption))
        let outcome = try await site.bucket.putObject(key: name, bytes[0..<bytes.count], conditions: .absent, attributes: attributes)
        guard let id = outcome.versionID else { return }
        written.withLock { $0[$0.count - 1].versionID = id }
    }

    func read(_ key: String) async throws -> StateBytes {
        try await site.bucket.getObject(key: folder + key, into: StateBytes.Builder.self).bytes
    }

    func clean() async -> [String] {
        var leftovers: [String] = []
        for object in written.withLock({ $0 }) {
            do {
                _ = try await site.bucket.deleteObject(key: object.key, versionID: object.versionID)
            } catch {
                // Whoever may not delete versions can still hide the object.
                let hidden = (try? await site.bucket.deleteObject(key: object.key)) != nil
                leftovers.append("s3://\(site.bucket.name)/\(object.key)\(hidden ? " is hidden behind a delete marker" : ""): \(error)")
            }
        }
        return leftovers
    }
}
