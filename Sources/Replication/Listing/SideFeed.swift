internal import S3
internal import Sites
internal import Timestamps
internal import Vault

/// Where the versions of one side come from.
enum SideFeed: Sendable {
    case bucket(S3Bucket, StateLayout)
    /// As the last snapshot saw it: for a side that does not answer.
    case vault(BackupVault, site: String, StateLayout)
    /// For a side of which nobody knows anything.
    case nothing
    /// For tests: pages as they are.
    case scripted([[KeyVersions]])

    /// Delivers every key in the order of ``KeyOrder``.
    func deliver(into queue: BatchQueue) async {
        do {
            switch self {
            case .nothing: break
            case .scripted(let pages):
                for page in pages where !(await queue.put(page)) { break }
            case .bucket(let bucket, let layout):
                for try await batch in KeyVersionsSequence(bucket: bucket, layout: layout) {
                    try Task.checkCancellation()
                    guard await queue.put(batch) else { break }
                }
            case .vault(let vault, let site, let layout):
                let order = KeyOrder(layout)
                let states = try await vault.states(of: site).filter { layout.contains($0.key) }.sorted { order.precedes($0.key, $1.key) }
                for state in states {
                    guard let history = try await vault.history(of: state) else { continue }
                    let versions = history.versions.filter(\.isListed).map { S3ObjectVersion($0.listed, key: state.key) }
                    guard !versions.isEmpty else { continue }
                    guard await queue.put([KeyVersions(key: state.key, versions: versions)]) else { break }
                }
            }
            await queue.finish(.success(()))
        } catch {
            await queue.finish(.failure(error))
        }
    }
}

extension S3ObjectVersion {
    init(_ listed: ListedVersion, key: String) {
        self.init(
            key: key, versionID: listed.versionID, isLatest: listed.isLatest, isDeleteMarker: listed.isDeleteMarker, lastModified: listed.lastModified,
            etag: listed.etag, size: listed.size, storageClass: listed.storageClass)
    }
}
