/// All versions of a bucket or below a prefix, page by page. While a page is being worked on, the next one is already
/// on its way; never more than that one.
///
/// Throws ``S3Error`` (kind `damagedListing` when the server contradicts itself). A page of a listing that was cut off
/// is not repeated: begin anew.
public struct S3ObjectVersionPages: AsyncSequence, Sendable {
    public typealias Element = S3VersionPage
    public typealias Failure = any Error

    let bucket: S3Bucket
    let prefix: String?
    let delimiter: String?
    let limits: ListingLimits

    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// Reads one listing; used by one task.
    public struct Iterator: AsyncIteratorProtocol {
        private let source: S3ObjectVersionPages
        private var watch: ListingGuard
        private var interleaving = Interleaving()
        private var isAtEnd = false
        private var ahead: PageAhead?

        init(_ source: S3ObjectVersionPages) {
            self.source = source
            watch = ListingGuard(source.limits)
        }

        public mutating func next() async throws -> S3VersionPage? {
            guard !isAtEnd else { return nil }
            let fetch = ahead ?? PageAhead(source, from: nil)
            ahead = nil
            // Until the page is known to be good there is no next one.
            isAtEnd = true
            var answer = try await fetch.answer()
            interleaving.apply(to: &answer.page)
            if let complaint = watch.accept(&answer) { throw source.damaged(complaint) }
            if let cursor = answer.next {
                ahead = PageAhead(source, from: cursor)
                isAtEnd = false
            }
            return answer.page
        }
    }

    /// A page on its way. Letting go of it stops the request.
    private final class PageAhead: Sendable {
        private let task: Task<VersionListAnswer, any Error>

        init(_ source: S3ObjectVersionPages, from cursor: ListingCursor?) {
            task = Task { try await source.page(from: cursor) }
        }

        deinit { task.cancel() }

        func answer() async throws -> VersionListAnswer {
            try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    private func page(from cursor: ListingCursor?) async throws -> VersionListAnswer {
        var request = S3Request("ListObjectVersions")
        request.query = [("versions", ""), ("encoding-type", "url"), ("max-keys", "\(limits.pageSize)")]
        request.addQuery("prefix", prefix)
        request.addQuery("delimiter", delimiter)
        request.addQuery("key-marker", cursor?.keyMarker)
        request.addQuery("version-id-marker", cursor?.versionIDMarker)
        return try await bucket.run(request) { answer throws(S3Error) in
            do throws(XMLFault) {
                return try VersionListAnswer(parsing: answer.body)
            } catch {
                throw answer.failure(.damagedListing, "UnreadableListing", error.description)
            }
        }
    }

    private func damaged(_ complaint: String) -> S3Error {
        var error = S3Error(
            .damagedListing, code: "DamagedListing", message: complaint, operation: "ListObjectVersions", bucket: bucket.name)
        error.region = bucket.region
        return error
    }
}

extension S3Bucket {
    /// Every version and delete marker, in S3's order
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html).
    /// - Parameters:
    ///   - prefix: only keys that begin with it.
    ///   - delimiter: keys that share the part up to it become one common prefix.
    public func objectVersions(
        prefix: String? = nil, delimiter: String? = nil, limits: ListingLimits = ListingLimits()
    ) -> S3ObjectVersionPages {
        S3ObjectVersionPages(
            bucket: self, prefix: prefix.flatMap { $0.isEmpty ? nil : $0 }, delimiter: delimiter.flatMap { $0.isEmpty ? nil : $0 },
            limits: limits)
    }
}
