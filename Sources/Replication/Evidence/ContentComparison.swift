internal import Cryptography
internal import S3
internal import Sites
internal import StateJSON
internal import Vault

/// Compares the content of a version with that of its replica.
///
/// The ETag is no checksum of the content when a KMS key or a key of the customer encrypts it
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html), and a replica may be encrypted otherwise than its
/// source: checksums that S3 keeps decide, and where there are none on both sides, the bytes do.
struct ContentComparison: Sendable {
    let source: Site?
    let replica: Site?
    let vault: BackupVault?
    let sourceName: String
    /// The bytes always decide.
    let comparesBytes: Bool
    let sourceDenials = Denials()
    let replicaDenials = Denials()

    init(source: Site?, replica: Site?, vault: BackupVault?, sourceName: String, comparesBytes: Bool) {
        (self.source, self.replica, self.vault) = (source, replica, vault)
        (self.sourceName, self.comparesBytes) = (sourceName, comparesBytes)
    }

    /// What a pair of versions turns out to be.
    func compare(_ ours: S3ObjectVersion, _ theirs: S3ObjectVersion) async throws -> OpenState.Resolution {
        if !comparesBytes, let source, let replica {
            do {
                let left = try await source.bucket.headObject(key: ours.key, versionID: ours.versionID)
                let right = try await replica.bucket.headObject(key: theirs.key, versionID: theirs.versionID)
                for checksum in left.checksums {
                    if let other = right.checksums.first(where: { $0.algorithm == checksum.algorithm }) { return checksum == other ? .same : .different }
                }
            } catch is S3Error {
                // The bytes may still be readable.
            }
        }
        guard let left = try await digest(of: ours, on: source, sourceDenials, isSource: true), let right = try await digest(of: theirs, on: replica, replicaDenials, isSource: false)
        else { return .open }
        return left == right ? .same : .different
    }

    private func digest(of version: S3ObjectVersion, on site: Site?, _ denials: Denials, isSource: Bool) async throws -> SHA256Digest? {
        if isSource, let known = try? await vault?.history(of: StateID(site: sourceName, key: version.key))?.version(matching: ListedVersion(version))?.sha256 { return known }
        guard let site, !denials.isHopeless else { return nil }
        do {
            let object = try await site.bucket.getObject(
                key: version.key, versionID: version.versionID, expecting: S3Expectation(size: version.size), into: StateBytes.Builder.self)
            denials.succeeded()
            return object.sha256
        } catch let error as S3Error {
            denials.failed(error)
            return nil
        }
    }
}
