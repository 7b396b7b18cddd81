import HTTPTransport
import Synchronization
import Testing

/// Bytes in which every place can be told from its neighbours. Large ones repeat a piece of odd length, because debug
/// builds take seconds to compute megabytes.
func patternBytes(_ count: Int) -> [UInt8] {
    var bytes = (0..<min(count, 65_521)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    while bytes.count < count { bytes += bytes.prefix(count - bytes.count) }
    return bytes
}

/// The transport error that `work` throws; records an issue for anything else.
func transportError(_ work: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> TransportError? {
    do {
        try await work()
        Issue.record("nothing was thrown", sourceLocation: sourceLocation)
    } catch let error as TransportError {
        return error
    } catch {
        Issue.record("\(error) was thrown", sourceLocation: sourceLocation)
    }
    return nil
}

/// Collects what a sink is given, and throws when told to.
final class RecordingSink: ResponseBodySink {
    struct Refusal: Error {}

    private let state = Mutex((head: HTTPResponseHead?.none, bytes: [UInt8]()))
    private let refusesHead: Bool
    private let refusesAfter: Int

    init(refusesHead: Bool = false, refusesAfter: Int = .max) {
        self.refusesHead = refusesHead
        self.refusesAfter = refusesAfter
    }

    var head: HTTPResponseHead? { state.withLock(\.head) }
    var bytes: [UInt8] { state.withLock(\.bytes) }

    func begin(_ head: HTTPResponseHead) throws {
        if refusesHead { throw Refusal() }
        state.withLock { $0.head = head }
    }

    func receive(_ chunk: UnsafeRawBufferPointer) throws {
        try state.withLock { state in
            if state.bytes.count + chunk.count > refusesAfter { throw Refusal() }
            state.bytes += chunk
        }
    }
}
