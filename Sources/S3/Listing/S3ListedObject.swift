public import Timestamps

/// A current object in a listing without versions.
public struct S3ListedObject: Hashable, Sendable {
    /// Byte for byte as S3 has it.
    public var key: String
    public var lastModified: Timestamp
    /// Without quotes.
    public var etag: String
    /// Bytes.
    public var size: Int64
    public var storageClass: String?
}

/// One page of a listing of current objects.
public struct S3ObjectPage: Hashable, Sendable {
    public var objects: [S3ListedObject]
    /// With a delimiter: what stands for all keys that share the part up to it.
    public var commonPrefixes: [String]
}
