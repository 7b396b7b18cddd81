public import Sites
internal import S3
internal import StateJSON
internal import Vault

extension StateCatalog {
    /// What to find out about versions beyond what listing and vault say.
    public struct Details: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Fetch versions that the vault lacks, to tell serial, counts and health.
        public static let content = Details(rawValue: 1)
        /// One HEAD a version, for its replication status.
        public static let replication = Details(rawValue: 2)
    }

    /// The history of a state: S3 and the vault together.
    /// - Throws: `ReferenceError`; S3's error when S3 does not answer and the vault does not know the state; the vault's.
    public func versions(of reference: SiteReference, details: Details = []) async throws -> VersionList {
        let location = try await locate(reference)
        var list = try await history(of: location, site: reference.site)
        if details.contains(.content), !reference.fromVault { try await fetchContent(&list) }
        if details.contains(.replication), !reference.fromVault, list.origins.contains(.s3) { try await askReplication(&list) }
        return list
    }

    func history(of location: Location, site: String) async throws -> VersionList {
        let history = try await vault?.history(of: StateID(site: site, key: location.key))
        var list = VersionList(
            site: site, key: location.key, entries: VersionMerging.merge(listed: location.listed, remembered: history?.versions ?? []),
            notes: location.notes, origins: [])
        if location.listed != nil { list.origins.insert(.s3) }
        if let history {
            list.origins.insert(.vault)
            list.notes += history.damages.map { "part of the vault's history cannot be read: \($0)" }
        }
        return list
    }

    /// Fetches what nobody has looked into yet.
    func fetchContent(_ list: inout VersionList) async throws {
        let bucket = try site(list.site, reference: list.reference).bucket
        let key = list.key
        let wanted = list.entries.indices.filter { list.entries[$0].verdict == nil && !list.entries[$0].isDeleteMarker && list.entries[$0].isListed }
        let found = try await concurrently(wanted.map { ($0, list.entries[$0]) }) { entry -> VersionEntry in
            var entry = entry
            do {
                let object = try await bucket.getObject(
                    key: key, versionID: entry.versionID, expecting: S3Expectation(size: entry.size, etag: entry.etag), into: StateBytes.Builder.self)
                entry.learn(from: StateContent(object.bytes).summary)
                entry.sha256 = object.sha256
            } catch let error as S3Error {
                entry.problem = SnapshotProblem(error, reference: "").message
            }
            return entry
        }
        for (index, entry) in found { list.entries[index] = entry }
    }

    private func askReplication(_ list: inout VersionList) async throws {
        let bucket = try site(list.site, reference: list.reference).bucket
        let key = list.key
        let wanted = list.entries.indices.filter { !list.entries[$0].isDeleteMarker && list.entries[$0].isListed }
        let found = try await concurrently(wanted.map { ($0, list.entries[$0]) }) { entry -> VersionEntry in
            var entry = entry
            do {
                entry.replicationStatus = try await bucket.headObject(key: key, versionID: entry.versionID).replicationStatus.map(Self.text)
            } catch let error as S3Error {
                entry.problem = SnapshotProblem(error, reference: "").message
            }
            return entry
        }
        for (index, entry) in found { list.entries[index] = entry }
    }

    private static func text(_ status: S3ReplicationStatus) -> String {
        switch status {
        case .pending: "PENDING"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .replica: "REPLICA"
        case .other(let word): word
        }
    }

    /// Runs work on entries, so many at a time.
    private func concurrently(_ work: [(Int, VersionEntry)], _ body: @escaping @Sendable (VersionEntry) async throws -> VersionEntry) async throws -> [(Int, VersionEntry)] {
        try await withThrowingTaskGroup(of: (Int, VersionEntry).self) { group in
            var rest = work[...]
            var results: [(Int, VersionEntry)] = []
            for (index, entry) in rest.prefix(parallel) { group.addTask { (index, try await body(entry)) } }
            rest = rest.dropFirst(parallel)
            for try await result in group {
                results.append(result)
                if let (index, entry) = rest.popFirst() { group.addTask { (index, try await body(entry)) } }
            }
            return results
        }
    }
}
