internal import CCurl
internal import Glibc

/// An HTTP/1.1 client on libcurl. One thread serves all requests; connections are kept open and reused.
///
/// Make one and share it. Bounds on requests in flight are in ``CurlConfiguration``; further ones wait in order.
/// A process that forks without exec must not use the client in the child: the thread is not there.
///
/// Letting go of the client ends its thread; what is still under way fails with ``TransportError/Code/shutDown``.
public final class CurlClient: HTTPClient {
    let loop: CurlLoop
    private let configuration: CurlConfiguration
    private let thread: pthread_t

    /// - Throws: ``TransportStartError`` when the system has no thread or memory left.
    public init(configuration: CurlConfiguration = CurlConfiguration()) throws(TransportStartError) {
        guard Self.isLibraryReady, let pointer = curl_multi_init() else { throw TransportStartError(reason: "libcurl could not be initialised") }
        let multi = MultiHandle(pointer: pointer)
        let loop = CurlLoop(multi: multi)
        self.loop = loop
        self.configuration = configuration
        let owner = TransportThread(loop: loop, multi: multi, configuration: configuration)
        guard let thread = Self.start(owner) else {
            loop.close()
            curl_multi_cleanup(pointer)
            throw TransportStartError(reason: String(cString: strerror(EAGAIN)))
        }
        self.thread = thread
    }

    deinit {
        loop.stop()
        // The last reference may be let go by the transport thread itself, which cannot wait for its own end.
        if pthread_equal(pthread_self(), thread) != 0 { pthread_detach(thread) } else { pthread_join(thread, nil) }
    }

    /// Fails everything pending and everything later with ``TransportError/Code/shutDown``.
    public func shutdown() {
        loop.stop()
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await perform(request) { CollectingDelivery($0) }
    }

    public func send(_ request: HTTPRequest, into sink: any ResponseBodySink) async throws -> HTTPResponseHead {
        try await perform(request) { SinkDelivery($0, sink: sink) }
    }

    public func stream(_ request: HTTPRequest) async throws -> (head: HTTPResponseHead, body: HTTPBodyStream) {
        let feed = ResponseFeed()
        let transfer = try transfer(for: request)
        let lease = StreamLease(feed: feed, transfer: transfer, client: self)
        let head = try await perform(transfer) { StreamDelivery($0, feed: feed) }
        return (head, HTTPBodyStream(lease))
    }

    private func perform<Answer>(
        _ request: HTTPRequest, _ delivery: (CheckedContinuation<Answer, any Error>) -> any ResponseDelivery
    ) async throws -> Answer {
        try await perform(transfer(for: request), delivery)
    }

    private func perform<Answer>(
        _ transfer: Transfer, _ delivery: (CheckedContinuation<Answer, any Error>) -> any ResponseDelivery
    ) async throws -> Answer {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                transfer.delivery = delivery(continuation)
                loop.submit(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
    }

    private func transfer(for request: HTTPRequest) throws -> Transfer {
        Transfer(try PreparedRequest(request, policy: configuration.plaintextPolicy)) { [loop] in loop.resumeUpload($0) }
    }

    /// libcurl's process-wide set-up, once.
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// Starts the thread with every signal blocked: signals belong to the program's own threads, and a broken TLS
    /// connection must not raise SIGPIPE.
    private static func start(_ owner: TransportThread) -> pthread_t? {
        var all = sigset_t()
        var previous = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        var thread = pthread_t()
        let context = Unmanaged.passRetained(owner)
        let result = pthread_create(&thread, nil, { context in
            guard let context else { return nil }
            Unmanaged<TransportThread>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }, context.toOpaque())
        guard result == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}
