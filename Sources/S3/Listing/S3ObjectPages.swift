/// The current objects of a bucket or below a prefix, page by page.
public struct S3ObjectPages: AsyncSequence, Sendable {
    public typealias Element = S3ObjectPage
    public typealias Failure = any Error

    let bucket: S3Bucket
    let prefix: String?
    let delimiter: String?
    let startAfter: String?
    let limits: ListingLimits

    public func makeAsyncIterator() -> Iterator { Iterator(source: self) }

    /// Reads one listing; used by one task.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let source: S3ObjectPages
        private var token: String?
        private var isAtEnd = false
        private var tokens: Set<String> = []
        private var emptyPages = 0

        fileprivate init(source: S3ObjectPages) { self.source = source }

        public mutating func next() async throws -> S3ObjectPage? {
            guard !isAtEnd else { return nil }
            isAtEnd = true
            let answer = try await source.page(from: token)
            let isEmpty = answer.page.objects.isEmpty && answer.page.commonPrefixes.isEmpty
            emptyPages = isEmpty ? emptyPages + 1 : 0
            if let next = answer.next {
                guard tokens.insert(next).inserted, tokens.count <= source.limits.maxPages, emptyPages <= source.limits.maxEmptyPages else {
                    throw S3Error(
                        .damagedListing, code: "DamagedListing", message: "the listing makes no progress", operation: "ListObjectsV2",
                        bucket: source.bucket.name)
                }
                token = next
                isAtEnd = false
            }
            return answer.page
        }
    }

    private func page(from token: String?) async throws -> ObjectListAnswer {
        var request = S3Request("ListObjectsV2")
        request.query = [("list-type", "2"), ("encoding-type", "url"), ("max-keys", "\(limits.pageSize)")]
        request.addQuery("prefix", prefix)
        request.addQuery("delimiter", delimiter)
        request.addQuery("start-after", token == nil ? startAfter : nil)
        request.addQuery("continuation-token", token)
        return try await bucket.run(request) { answer throws(S3Error) in
            do throws(XMLFault) {
                return try ObjectListAnswer(parsing: answer.body)
            } catch {
                throw answer.failure(.damagedListing, "UnreadableListing", error.description)
            }
        }
    }
}

extension S3Bucket {
    /// The current objects, keys ascending (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
    /// - Parameters:
    ///   - prefix: only keys that begin with it.
    ///   - delimiter: keys that share the part up to it become one common prefix.
    ///   - startAfter: only keys behind it.
    public func objects(
        prefix: String? = nil, delimiter: String? = nil, startAfter: String? = nil, limits: ListingLimits = ListingLimits()
    ) -> S3ObjectPages {
        S3ObjectPages(
            bucket: self, prefix: prefix.flatMap { $0.isEmpty ? nil : $0 }, delimiter: delimiter.flatMap { $0.isEmpty ? nil : $0 },
            startAfter: startAfter, limits: limits)
    }
}
