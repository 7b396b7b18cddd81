internal import Synchronization

/// What is in the stand-in, set and read by tests without HTTP.
extension S3StandIn {
    public func createBucket(_ name: String, region: String = "us-east-1", versioning: Versioning = .enabled) {
        let now = service.clock()
        service.state.withLock { $0.buckets[name] = StandInBucket(region: region, created: now, versioning: versioning) }
    }

    public func setVersioning(_ versioning: Versioning, of bucket: String) {
        service.state.withLock { $0.buckets[bucket]?.versioning = versioning }
    }

    /// Sets what `GET ?name` answers, for example `replication`; nil removes it.
    public func setConfiguration(_ name: String, of bucket: String, _ document: String?) {
        service.state.withLock { $0.buckets[bucket]?.configurations[name] = document.map { Array($0.utf8) } }
    }

    /// Puts a version on top of a key and returns its id, `null` when the bucket has no versioning.
    ///
    /// - Parameters:
    ///   - body: nil for a delete marker.
    ///   - versionID: nil for a fresh one. One of a replica is that of its source.
    ///   - modified: seconds since 1970, nil for now.
    @discardableResult
    public func put(
        _ body: Body?, key: [UInt8], bucket: String, versionID: String? = nil, modified: Int64? = nil, storageClass: String = "STANDARD",
        replicationStatus: String? = nil, checksum: Checksum? = .crc64nvme
    ) -> String {
        let now = modified ?? service.clock()
        return service.state.withLock { state in
            guard let target = state.buckets[bucket] else { return "" }
            let id = versionID ?? state.nextID(in: target)
            var version = Version(id: id, body: body, modified: now)
            (version.storageClass, version.replicationStatus, version.checksum) = (storageClass, replicationStatus, body == nil ? nil : checksum)
            state.buckets[bucket]?.add(version, to: key)
            return id
        }
    }

    /// The same for keys that are text.
    @discardableResult
    public func put(_ body: Body?, key: String, bucket: String, versionID: String? = nil, modified: Int64? = nil, replicationStatus: String? = nil, checksum: Checksum? = .crc64nvme) -> String {
        put(body, key: Array(key.utf8), bucket: bucket, versionID: versionID, modified: modified, replicationStatus: replicationStatus, checksum: checksum)
    }

    /// Puts many versions at once, in order; bodies may be shared. 100 000 take about a second in a debug build.
    public func load(_ versions: some Sequence<(key: String, body: Body?)>, into bucket: String) {
        let now = service.clock()
        service.state.withLock { state in
            guard var target = state.buckets.removeValue(forKey: bucket) else { return }
            for (key, body) in versions {
                var version = Version(id: state.nextID(in: target), body: body, modified: now)
                version.checksum = body == nil ? nil : .crc64nvme
                target.add(version, to: Array(key.utf8))
            }
            state.buckets[bucket] = target
        }
    }

    /// The versions of a key, oldest first.
    public func versions(of key: String, in bucket: String) -> [Version] {
        service.state.withLock { $0.buckets[bucket]?.versions(of: Array(key.utf8)) ?? [] }
    }

    /// The keys of a bucket in the order of listings.
    public func keys(of bucket: String) -> [[UInt8]] {
        service.state.withLock { $0.buckets[bucket]?.keys ?? [] }
    }

    /// Changes one version in place, as replication does with its status. False when there is none.
    @discardableResult
    public func change(_ versionID: String, of key: String, in bucket: String, _ change: (inout Version) -> Void) -> Bool {
        service.state.withLock { $0.buckets[bucket]?.change(versionID, of: Array(key.utf8), change) ?? false }
    }

    /// Removes one version, as a delete by version id does. False when there is none.
    @discardableResult
    public func remove(_ versionID: String, of key: String, in bucket: String) -> Bool {
        service.state.withLock { $0.buckets[bucket]?.remove(versionID, of: Array(key.utf8)) ?? false }
    }
}
