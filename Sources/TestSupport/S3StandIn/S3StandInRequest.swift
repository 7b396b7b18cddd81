extension S3StandIn {
    public enum Operation: Sendable, Hashable {
        case listBuckets, createBucket, headBucket, listObjectVersions, listObjects
        case getObject, headObject, putObject, copyObject, deleteObject
        /// Reads or writes a subresource such as `versioning` or `replication`.
        case getConfiguration(String), putConfiguration(String), deleteConfiguration(String)
        case unknown
    }

    /// A request as S3 understands it.
    public struct Request: Sendable {
        public let operation: Operation
        public let bucket: String
        /// The key byte for byte. Swift's `String` takes NFC and NFD for equal, keys do not.
        public let keyBytes: [UInt8]
        public let http: ScriptedRequest

        public var key: String { String(decoding: keyBytes, as: UTF8.self) }
        public var versionID: String? { http.query("versionId") }
        /// Counts the requests of the server from 0.
        public var number: Int { http.number }
        public func header(_ name: String) -> String? { http.header(name) }
    }
}

extension S3StandIn.Request {
    /// Subresources of a bucket that are kept as the XML they were set to.
    static let configurations: Set<String> = [
        "accelerate", "acl", "cors", "encryption", "lifecycle", "location", "logging", "notification", "object-lock", "ownershipControls", "policy",
        "policyStatus", "publicAccessBlock", "replication", "requestPayment", "tagging", "versioning", "website", "intelligent-tiering",
    ]

    init(_ http: ScriptedRequest) {
        let path = http.path.utf8.dropFirst()
        let bucketPart = path.prefix { $0 != UInt8(ascii: "/") }
        let keyPart = path.dropFirst(bucketPart.count + 1)
        bucket = String(decoding: percentDecodedBytes(bucketPart), as: UTF8.self)
        keyBytes = percentDecodedBytes(keyPart)
        self.http = http
        let names = http.query.map(\.name)
        if bucket.isEmpty {
            operation = http.method == "GET" ? .listBuckets : .unknown
        } else if keyBytes.isEmpty {
            operation = Self.bucketOperation(http.method, names)
        } else {
            operation = Self.objectOperation(http, names)
        }
    }

    private static func bucketOperation(_ method: String, _ names: [String]) -> S3StandIn.Operation {
        let configuration = names.first { configurations.contains($0) }
        switch (method, configuration) {
        case ("GET", let name?): return .getConfiguration(name)
        case ("PUT", let name?): return .putConfiguration(name)
        case ("DELETE", let name?): return .deleteConfiguration(name)
        case ("GET", nil): return names.contains("versions") ? .listObjectVersions : .listObjects
        case ("PUT", nil): return .createBucket
        case ("HEAD", nil): return .headBucket
        default: return .unknown
        }
    }

    private static func objectOperation(_ http: ScriptedRequest, _ names: [String]) -> S3StandIn.Operation {
        let subresources = ["acl", "attributes", "legal-hold", "retention", "tagging", "torrent", "uploads", "uploadId", "restore", "select"]
        if names.contains(where: subresources.contains) { return .unknown }
        switch http.method {
        case "GET": return .getObject
        case "HEAD": return .headObject
        case "PUT": return http.header("x-amz-copy-source") == nil ? .putObject : .copyObject
        case "DELETE": return .deleteObject
        default: return .unknown
        }
    }
}

/// Undoes percent-encoding, bytes as they are.
func percentDecodedBytes(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text)[...]
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
            bytes.append(value)
            rest = rest.dropFirst(2)
        } else {
            bytes.append(byte)
        }
    }
    return bytes
}
