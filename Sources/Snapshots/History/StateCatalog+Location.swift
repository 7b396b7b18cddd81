internal import S3
internal import Sites
internal import Vault

extension StateCatalog {
    /// A key, and what S3 lists of it.
    struct Location {
        var key: String
        /// Nil when S3 was not asked or did not answer.
        var listed: [S3ObjectVersion]?
        var notes: [String]
    }

    /// Finds the key that a reference names.
    func locate(_ reference: SiteReference) async throws -> Location {
        let site = try site(reference.site, reference: reference.description)
        if reference.fromVault {
            guard let vault else { throw StateCatalogError.noVault(reference: reference.description) }
            return Location(key: try await match(reference, among: vault.states(of: site.name).map(\.key), site), listed: nil, notes: [])
        }
        do {
            return try await locateInS3(reference, site)
        } catch let error as S3Error {
            guard let vault else { throw error }
            let keys = try await vault.states(of: site.name).map(\.key)
            // With nothing in the vault, S3's own words help more than "no such state".
            guard let key = try? match(reference, among: keys, site) else { throw error }
            return Location(key: key, listed: nil, notes: [Self.unreachable(site.name, error)])
        }
    }

    private func locateInS3(_ reference: SiteReference, _ site: Site) async throws -> Location {
        if let text = reference.key {
            // A whole key costs one page, however large the bucket is.
            for key in [text, (site.settings.prefix ?? "") + text] {
                let versions = try await versions(of: key, in: site.bucket)
                if !versions.isEmpty { return Location(key: key, listed: versions, notes: []) }
                if site.settings.prefix == nil { break }
            }
        }
        if let keys = try await vault?.states(of: site.name).map(\.key), !keys.isEmpty, reference.key != nil {
            do {
                let key = try match(reference, among: keys, site)
                return Location(key: key, listed: try await versions(of: key, in: site.bucket), notes: [])
            } catch let error as ReferenceError {
                if case .ambiguousKey = error.reason { throw error }
            }
        }
        let keys = try await states(of: site).keys
        let key = try match(reference, among: keys, site)
        return Location(key: key, listed: try await versions(of: key, in: site.bucket), notes: [])
    }

    private func match(_ reference: SiteReference, among keys: [String], _ site: Site) throws(ReferenceError) -> String {
        try KeyMatch.resolve(reference.key, among: keys, prefix: site.settings.prefix, site: site.name, reference: reference.description)
    }

    /// All versions of exactly this key, newest first.
    func versions(of key: String, in bucket: S3Bucket) async throws -> [S3ObjectVersion] {
        var versions: [S3ObjectVersion] = []
        for try await page in bucket.objectVersions(prefix: key) {
            for version in page {
                if version.key.utf8.elementsEqual(key.utf8) {
                    versions.append(version)
                } else if !versions.isEmpty {
                    // What follows has the key as its prefix: locks by the thousand, perhaps.
                    return versions
                }
            }
        }
        return versions
    }
}
