public import S3

/// All keys of a site with their versions: the one full pass over a bucket. Holds one page and one key at a time, so that
/// a bucket of millions of versions needs no more memory than one of a thousand.
///
/// Throws `S3Error`.
public struct KeyVersionsSequence: AsyncSequence, Sendable {
    public typealias Element = [KeyVersions]
    public typealias Failure = any Error

    let bucket: S3Bucket
    let layout: StateLayout

    public init(bucket: S3Bucket, layout: StateLayout) {
        self.bucket = bucket
        self.layout = layout
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(bucket: bucket, layout: layout, prefixes: layout.listingPrefixes)
    }

    public struct Iterator: AsyncIteratorProtocol {
        let bucket: S3Bucket
        let layout: StateLayout
        var prefixes: [String?]
        private var pages: S3ObjectVersionPages.Iterator?
        private var pending: KeyVersions?

        init(bucket: S3Bucket, layout: StateLayout, prefixes: [String?]) {
            self.bucket = bucket
            self.layout = layout
            self.prefixes = prefixes.reversed()
        }

        /// The keys that the next page completes; never empty, nil at the end.
        public mutating func next() async throws -> [KeyVersions]? {
            while true {
                if pages == nil {
                    guard let prefix = prefixes.popLast() else { return nil }
                    pages = bucket.objectVersions(prefix: prefix).makeAsyncIterator()
                }
                let page = try await pages?.next()
                var complete: [KeyVersions] = []
                if let page {
                    for version in page { add(version, to: &complete) }
                } else {
                    pages = nil
                    finish(&complete)
                }
                if !complete.isEmpty { return complete }
            }
        }

        private mutating func add(_ version: S3ObjectVersion, to complete: inout [KeyVersions]) {
            if let current = pending, current.key.utf8.elementsEqual(version.key.utf8) {
                pending?.versions.append(version)
                return
            }
            finish(&complete)
            pending = KeyVersions(key: version.key, versions: [version])
        }

        private mutating func finish(_ complete: inout [KeyVersions]) {
            if let done = pending, layout.contains(done.key) { complete.append(done) }
            pending = nil
        }
    }
}
