import Glibc
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 whose every answer, and every fault, a test writes down. One thread a connection,
/// keep-alive, no dependency on the code under test.
///
/// The handler runs on a connection's thread and may block. The server stops when it is let go or ``stop()`` is called.
public final class ScriptedServer: Sendable {
    public typealias Handler = @Sendable (ScriptedRequest) -> ScriptedResponse

    /// How request bodies are taken.
    public struct Options: Sendable {
        /// Reads request bodies no faster than this, nil for as fast as they come.
        public var bodyBytesPerSecond: Int?
        /// Asked before the body of a request is read, which is empty then; an answer is sent at once, the connection
        /// closed; nil reads on.
        public var refuse: (@Sendable (ScriptedRequest) -> ScriptedResponse?)?
        /// Whether `Expect: 100-continue` is answered.
        public var sendsContinue = true
        /// Whether request bodies are kept in ``ScriptedServer/requests``.
        public var logsBodies = true

        public init() {}
    }

    struct State {
        var requests: [ScriptedRequest] = []
        var open: [Int: Int32] = [:]
        var accepted = 0
        var numbered = 0
        var bodyBytesSent = 0
        var isStopped = false
    }

    public let port: UInt16
    let handler: Handler
    let options: Options
    let state = Mutex(State())
    private let listener: Int32

    /// Starts listening.
    ///
    /// - Parameter port: 0 takes any free one.
    /// - Throws: ``ServerStartError``.
    public init(port: UInt16 = 0, options: Options = Options(), _ handler: @escaping Handler) throws {
        self.handler = handler
        self.options = options
        (listener, self.port) = try Socket.listen(port: port)
        let listener = listener
        let core = Weak(self)
        try Socket.detachThread {
            defer { close(listener) }
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 {
                    if errno == EINTR || errno == ECONNABORTED { continue }
                    return
                }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                guard let server = core.value else {
                    close(connection)
                    return
                }
                server.serve(connection)
            }
        }
    }

    deinit { stop() }

    /// `http://127.0.0.1:port`, without a slash at the end.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// The requests read so far, in order.
    public var requests: [ScriptedRequest] { state.withLock(\.requests) }

    /// How many connections were accepted so far.
    public var connectionCount: Int { state.withLock(\.accepted) }

    /// How many connections are open now.
    public var openConnectionCount: Int { state.withLock(\.open.count) }

    /// Body bytes handed to the kernel so far; what a client that does not read holds back is not among them.
    public var bodyBytesSent: Int { state.withLock(\.bodyBytesSent) }

    /// Closes the listener and every connection. Harmless when repeated.
    public func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            // shutdown wakes the thread blocked in accept or read, which closes its own descriptor afterwards. Under the
            // lock, where no descriptor of the list is closed yet.
            for connection in state.open.values { shutdown(connection, Int32(SHUT_RDWR)) }
            shutdown(listener, Int32(SHUT_RDWR))
        }
    }

    private func serve(_ descriptor: Int32) {
        let number = state.withLock { state -> Int? in
            guard !state.isStopped else { return nil }
            defer { state.accepted += 1 }
            state.open[state.accepted] = descriptor
            return state.accepted
        }
        guard let number else {
            close(descriptor)
            return
        }
        let connection = ServerConnection(descriptor: descriptor, number: number, server: Weak(self), handler: handler, options: options)
        do {
            try Socket.detachThread { connection.run() }
        } catch {
            forget(number)
            close(descriptor)
        }
    }

    func forget(_ connection: Int) {
        state.withLock { $0.open[connection] = nil }
    }

    func log(_ request: ScriptedRequest) {
        state.withLock { $0.requests.append(request) }
    }

    func count(sent bytes: Int) {
        state.withLock { $0.bodyBytesSent += bytes }
    }

    func nextRequestNumber() -> Int {
        state.withLock { state in
            defer { state.numbered += 1 }
            return state.numbered
        }
    }
}

/// A reference that does not keep a server alive: its threads must not, or it would never be let go.
struct Weak<Object: AnyObject & Sendable>: Sendable {
    private(set) weak var value: Object?

    init(_ value: Object) { self.value = value }
}
