/// One page of a version listing, in S3's order: keys ascending, of each key the newest version first,
/// versions and delete markers interleaved.
public struct S3VersionPage: RandomAccessCollection, Hashable, Sendable {
    public var versions: [S3ObjectVersion]
    /// With a delimiter: what stands for all keys that share the part up to it.
    public var commonPrefixes: [String]

    public init(versions: [S3ObjectVersion], commonPrefixes: [String] = []) {
        (self.versions, self.commonPrefixes) = (versions, commonPrefixes)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { versions.count }
    public subscript(position: Int) -> S3ObjectVersion { versions[position] }
}
