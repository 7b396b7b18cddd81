internal import CCurl
internal import Synchronization

/// One request on its way.
///
/// `@unchecked Sendable`: any thread may hold a reference and read `isCancelled`; everything else belongs to the
/// transport thread from the moment the transfer is submitted.
final class Transfer: @unchecked Sendable {
    enum Phase {
        /// Not yet known to the transport thread.
        case created
        case waiting, running, finished
    }

    let prepared: PreparedRequest
    /// Set by any thread, so that a cancel that overtakes its own submission is not lost.
    let isCancelled = Atomic<Bool>(false)

    var phase = Phase.created
    var delivery: (any ResponseDelivery)?
    var handle: EasyHandle?
    var headerLines: UnsafeMutablePointer<curl_slist>?
    /// Why a callback ended the transfer; stronger than what libcurl makes of it.
    var failure: (any Error)?
    private(set) var received: Int64 = 0
    var startedAt = ContinuousClock.now
    var isUploadPaused = false

    private var head: ResponseHeadParser
    /// `Content-Length` of the response.
    private(set) var announcedLength: Int64?
    /// Bytes of the request body given to the connection in this attempt.
    private var sent: Int64 = 0
    private var upload: UploadFeed?
    private var uploadTask: Task<Void, Never>?
    private let wakeUpload: @Sendable (Transfer) -> Void

    init(_ prepared: PreparedRequest, wakeUpload: @escaping @Sendable (Transfer) -> Void) {
        self.prepared = prepared
        self.wakeUpload = wakeUpload
        head = ResponseHeadParser(limit: prepared.request.limits.maxHeaderBytes)
    }

    var hasHead: Bool { head.final != nil }

    /// Takes a header line. False ends the transfer.
    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        switch head.take(line) {
        case .more:
            return true
        case .tooLarge:
            return fail(.headerTooLarge(limit: prepared.request.limits.maxHeaderBytes))
        case .malformed:
            return fail(.malformedResponse)
        case .complete(let head):
            let limit = prepared.request.limits.maxBodyBytes
            // The answer to HEAD tells the length of a body that does not follow.
            announcedLength = prepared.request.method == "HEAD" ? nil : head.contentLength
            if let announcedLength, announcedLength > Int64(limit) { return fail(.bodyTooLarge(limit: limit)) }
            do {
                try delivery?.begin(head, bodyLength: announcedLength)
                return true
            } catch {
                return fail(.sink(error))
            }
        }
    }

    /// Takes a piece of the body. Nil ends the transfer.
    func takeBody(_ chunk: UnsafeRawBufferPointer) -> DeliveryVerdict? {
        let limit = prepared.request.limits.maxBodyBytes
        guard received + Int64(chunk.count) <= Int64(limit) else {
            _ = fail(.bodyTooLarge(limit: limit))
            return nil
        }
        do {
            let verdict = try delivery?.receive(chunk) ?? .taken
            if verdict == .taken { received += Int64(chunk.count) }
            return verdict
        } catch {
            _ = fail(.sink(error))
            return nil
        }
    }

    /// Gives the connection bytes of the request body.
    func giveBody(into target: UnsafeMutableRawBufferPointer) -> UploadFeed.Piece {
        switch prepared.request.body {
        case .none:
            return .end
        case .bytes(let bytes):
            let start = Int(sent)
            let count = min(bytes.count - start, target.count)
            guard count > 0 else { return .end }
            bytes.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
            sent += Int64(count)
            return .bytes(count)
        case .stream(let length, let source):
            let piece = uploadFeed(length: length, source).take(into: target)
            switch piece {
            case .failed(let code): _ = fail(code)
            case .wait: isUploadPaused = true
            case .bytes(let count): sent += Int64(count)
            case .end: break
            }
            return piece
        }
    }

    /// Starts the request body again, when libcurl found a reused connection dead. False when the server had all of it:
    /// it may have done what was asked, and only the caller can find out whether to ask again.
    func rewindBody() -> Bool {
        guard sent < prepared.request.body.length ?? 0 else { return fail(.noAnswer) }
        sent = 0
        abandonUpload()
        return true
    }

    /// Ends the transfer towards its caller, nil for success. Whoever comes second is ignored.
    func finish(_ failure: (any Error)?) {
        guard phase != .finished else { return }
        phase = .finished
        abandonUpload()
        deliver(failure)
    }

    /// Ends a transfer that the transport thread refused to take, on the caller's thread.
    func reject() {
        deliver(error(.shutDown))
    }

    private func deliver(_ failure: (any Error)?) {
        let delivery = self.delivery
        self.delivery = nil
        if let failure {
            delivery?.finish(.failure(failure))
        } else if let head = head.final {
            delivery?.finish(.success(head))
        } else {
            delivery?.finish(.failure(error(.malformedResponse)))
        }
    }

    private func abandonUpload() {
        upload?.abandon()
        upload = nil
        uploadTask?.cancel()
        uploadTask = nil
    }

    func error(_ code: TransportError.Code, curlCode: CURLcode? = nil, message: String? = nil) -> TransportError {
        TransportError(code, url: prepared.location.redacted, host: prepared.location.host, curlCode: curlCode.map { Int($0.rawValue) }, curlMessage: message)
    }

    private func fail(_ code: TransportError.Code) -> Bool {
        if failure == nil { failure = error(code) }
        return false
    }

    private func uploadFeed(length: Int64, _ source: HTTPBodySource) -> UploadFeed {
        if let upload { return upload }
        let feed = UploadFeed(length: length)
        upload = feed
        // Unstructured because it is the transport thread that knows when an attempt begins; `abandon` ends it.
        uploadTask = Task { [self] in await feed.run(source) { wakeUpload(self) } }
        return feed
    }
}
