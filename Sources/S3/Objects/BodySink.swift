internal import HTTPTransport

/// Takes a body from the transport's thread into a collector, over as many requests as it needs: a request that
/// continues a broken one appends to what is there.
///
/// Unchecked because a collector need not be Sendable: the transport's thread has the sink from the beginning of `send`
/// to its end, the task that awaits `send` has it before and after, never both at a time.
final class BodySink<Collector: ObjectBodyCollector & ~Copyable>: ResponseBodySink, @unchecked Sendable {
    /// Why an answer cannot continue what was begun, or is none at all.
    struct Mismatch: Error {
        var message: String
    }

    private var collector: Collector?
    /// The answer that ``collector`` holds bytes of.
    private var head: HTTPResponseHead?
    /// Where in the object the first byte of the body lies.
    private var start: Int64 = 0
    /// What the whole body must have.
    private var length: Int64?
    /// The body of an answer that says no, at most 64 KiB of it.
    private(set) var refusal: [UInt8] = []
    private var isRefusal = false
    private let limit: Int

    /// - Parameter limit: bytes at most; the transport holds to it, here it bounds what is reserved.
    init(limit: Int) { self.limit = limit }

    /// Bytes gathered up to now.
    var count: Int { collector?.count ?? 0 }

    /// The request that continues what is there; nil when nothing is, or the object cannot be pinned.
    var continuation: (range: S3ByteRange, etag: String)? {
        guard count > 0, let etag = head?.headers["etag"], !etag.isEmpty, !etag.hasPrefix("W/") else { return nil }
        let first = start + Int64(count)
        guard let length else { return (.from(first), etag) }
        let end = start + length
        return first < end ? (.bytes(first..<end), etag) : nil
    }

    /// Forgets everything: the next request begins anew.
    func reset() {
        collector = nil
        head = nil
        length = nil
        start = 0
    }

    func begin(_ head: HTTPResponseHead) throws {
        isRefusal = false
        refusal = []
        switch head.status {
        case 206: try beginPart(head)
        // A server that ignores the range sends the whole again.
        case 200..<300: begin(head, at: 0, length: head.contentLength)
        default: isRefusal = true
        }
    }

    func receive(_ chunk: UnsafeRawBufferPointer) throws {
        if !isRefusal {
            collector?.append(chunk)
        } else if refusal.count < 64 << 10 {
            refusal.append(contentsOf: chunk)
        }
    }

    /// The whole body and the headers of the answer that began it. Leaves nothing behind.
    func finish() -> (head: HTTPResponseHead, body: Collector.Body)? {
        guard let head, let collector = collector.take() else { return nil }
        self.head = nil
        return (head, collector.finish())
    }

    private func begin(_ head: HTTPResponseHead, at start: Int64, length: Int64?) {
        collector = Collector(capacity: Int(min(length ?? 0, Int64(limit))))
        (self.head, self.start, self.length) = (head, start, length)
    }

    private func beginPart(_ part: HTTPResponseHead) throws(Mismatch) {
        guard let range = part.headers["content-range"].flatMap({ ContentRange($0) }) else {
            throw Mismatch(message: "a part came without a valid Content-Range")
        }
        guard count > 0, let head else { return begin(part, at: range.first, length: range.last - range.first + 1) }
        let isSame = head.headers["etag"] == part.headers["etag"] && head.headers["x-amz-version-id"] == part.headers["x-amz-version-id"]
        guard isSame, range.first == start + Int64(count) else {
            throw Mismatch(message: "the rest of a broken body is of another object, or another part")
        }
    }
}
