internal import Cryptography
internal import DynamoDB
internal import S3
internal import Sites
internal import StateJSON
internal import TerraformState

/// Reads the digest of a state, and finds out which version it is the digest of.
struct DigestReader: Sendable {
    let client: DynamoDBClient
    let table: String
    let site: Site

    /// Versions that are fetched at most to find the one that a digest belongs to, newest first.
    static let fetchLimit = 10

    /// - Throws: `DynamoDBError` when the item cannot be read.
    func read(_ current: CurrentVersion) async throws -> DigestReading {
        func reading(_ verdict: DigestReading.Verdict) -> DigestReading { DigestReading(key: current.key, verdict: verdict) }
        // Without a state there is nothing that a digest could be missing for.
        guard let stored = try await digest(of: current.key) else { return reading(current.version == nil ? .matches : .absent) }
        guard let version = current.version else { return reading(.orphaned) }
        // The ETag is the MD5 of the content, unless a KMS key or one's own key encrypts it: then it cannot be equal.
        if stored == version.etag { return reading(.matches) }
        do {
            guard version.size <= VersionContents.sizeLimit else { return reading(.unverified("the state is too large to be fetched for its MD5")) }
            let actual = try await content(of: version).md5
            if stored == actual { return reading(.matches) }
            // Terraform writes the state first and its digest then: a run may be between the two.
            let again = try await digest(of: current.key)
            if again != stored { return reading(again == actual ? .matches : .unverified("the digest is being changed at this moment")) }
            return reading(try await owner(of: stored, key: current.key, except: version))
        } catch let error as S3Error {
            return reading(.unverified("\(error.operation): \(error.code)"))
        }
    }

    /// Nil also for a digest that is no text: Terraform makes nothing of such a one either.
    private func digest(of key: String) async throws -> String? {
        try await client.item(["LockID": .string("\(site.settings.bucket)/\(key)-md5")], in: table)?["Digest"]?.string
    }

    private func owner(of digest: String, key: String, except current: S3ObjectVersion) async throws -> DigestReading.Verdict {
        var others: [S3ObjectVersion] = []
        for try await page in site.bucket.objectVersions(prefix: key) {
            others += page.filter { $0.key.utf8.elementsEqual(key.utf8) && !$0.isDeleteMarker && $0.versionID != current.versionID }
        }
        if let known = others.first(where: { $0.etag == digest }) {
            return .ofVersion(known.versionID, serial: try await content(of: known).serial)
        }
        for version in others.prefix(Self.fetchLimit) where version.size <= VersionContents.sizeLimit {
            let content = try await content(of: version)
            if content.md5 == digest { return .ofVersion(version.versionID, serial: content.serial) }
        }
        return .ofNoVersion
    }

    private func content(of version: S3ObjectVersion) async throws -> (md5: String, serial: UInt64?) {
        let object = try await site.bucket.getObject(
            key: version.key, versionID: version.versionID, expecting: S3Expectation(size: version.size), into: StateBytes.Builder.self)
        return object.bytes.withUnsafeBytes { (Hex.encode(MD5.hash($0)), StateHead(prefix: $0.prefix(1024))?.serial) }
    }
}
