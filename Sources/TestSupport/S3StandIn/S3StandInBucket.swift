extension S3StandIn {
    public enum Versioning: String, Sendable {
        case off = "", enabled = "Enabled", suspended = "Suspended"
    }

    /// One version of a key, or a delete marker.
    public struct Version: Sendable {
        /// `null` for what was written without versioning.
        public let id: String
        /// Nil for a delete marker.
        public let body: Body?
        public var modified: Int64
        public var storageClass = "STANDARD"
        public var replicationStatus: String?
        /// The checksum kept with it.
        public var checksum: Checksum?
        /// `Content-Type` and `x-amz-meta-*`.
        public var headers: [(name: String, value: String)] = []
        /// What HEAD, GET and listings say instead of the MD5, as for multipart and SSE-KMS objects.
        public var etagOverride: String?

        public var isDeleteMarker: Bool { body == nil }
        public var etag: String { etagOverride ?? body?.etag ?? "" }
    }
}

/// A bucket. Keys are bytes.
struct StandInBucket {
    let region: String
    let created: Int64
    var versioning: S3StandIn.Versioning
    /// Oldest first.
    private(set) var objects: [[UInt8]: [S3StandIn.Version]] = [:]
    /// In the order of listings.
    private(set) var keys: [[UInt8]] = []
    var configurations: [String: [UInt8]] = [:]

    init(region: String, created: Int64, versioning: S3StandIn.Versioning) {
        self.region = region
        self.created = created
        self.versioning = versioning
    }

    func versions(of key: [UInt8]) -> [S3StandIn.Version] { objects[key] ?? [] }

    func current(_ key: [UInt8]) -> S3StandIn.Version? { objects[key]?.last }

    func version(_ id: String, of key: [UInt8]) -> S3StandIn.Version? { objects[key]?.last { $0.id == id } }

    /// Adds a version on top. One called `null` takes the place of an earlier `null`.
    mutating func add(_ version: S3StandIn.Version, to key: [UInt8]) {
        if objects[key] == nil { insert(key) }
        if version.id == "null" { objects[key]?.removeAll { $0.id == "null" } }
        objects[key, default: []].append(version)
    }

    /// Removes one version. False when there is none.
    mutating func remove(_ id: String, of key: [UInt8]) -> Bool {
        guard let place = objects[key]?.firstIndex(where: { $0.id == id }) else { return false }
        objects[key]?.remove(at: place)
        if objects[key]?.isEmpty == true {
            objects[key] = nil
            keys.removeAll { $0 == key }
        }
        return true
    }

    mutating func change(_ id: String, of key: [UInt8], _ change: (inout S3StandIn.Version) -> Void) -> Bool {
        guard let place = objects[key]?.firstIndex(where: { $0.id == id }) else { return false }
        change(&objects[key, default: []][place])
        return true
    }

    /// The place of the first key that is not before `key`.
    func place(of key: [UInt8]) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func insert(_ key: [UInt8]) {
        if let last = keys.last, !last.lexicographicallyPrecedes(key) {
            keys.insert(key, at: place(of: key))
        } else {
            keys.append(key)
        }
    }
}
