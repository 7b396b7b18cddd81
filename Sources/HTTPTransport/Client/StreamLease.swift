/// Keeps a streaming transfer going while somebody can still read it, and ends it when nobody can.
final class StreamLease: Sendable {
    private let feed: ResponseFeed
    private let transfer: Transfer
    /// Retained so that the transport thread lives as long as the stream.
    private let client: CurlClient

    init(feed: ResponseFeed, transfer: Transfer, client: CurlClient) {
        self.feed = feed
        self.transfer = transfer
        self.client = client
    }

    func next() async throws -> [UInt8]? {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await feed.next { client.loop.resumeDownload(transfer) }
        } onCancel: {
            client.loop.cancel(transfer)
        }
    }

    deinit { client.loop.cancel(transfer) }
}
