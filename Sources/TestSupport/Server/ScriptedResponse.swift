/// What the ``ScriptedServer`` answers, faults included.
public struct ScriptedResponse: Sendable {
    /// How the end of the body is told.
    public enum Framing: Sendable {
        /// `Content-Length` with the true size.
        case length
        /// `Content-Length` with this number, whatever the body has.
        case claimedLength(Int)
        /// Chunked, with chunks of this many bytes.
        case chunked(Int)
        /// Neither; the connection is closed after the body.
        case untilClose
    }

    /// Something that goes wrong.
    public enum Fault: Sendable {
        /// Waits before the status line.
        case delay(Duration)
        /// Sends nothing and keeps the connection open until the client or the server goes.
        case neverAnswer
        /// Closes the connection in order instead of answering.
        case closeWithoutAnswer
        /// Resets the connection (RST) instead of answering.
        case resetWithoutAnswer
        /// Closes in order after this many bytes of the body, chunk frames not counted.
        case closeAfter(bodyBytes: Int)
        /// Resets (RST) after this many bytes of the body.
        case resetAfter(bodyBytes: Int)
        /// Sends this many bytes of the body, then nothing more.
        case stallAfter(bodyBytes: Int)
        /// Sends the body in pieces of `bytes` with a pause between them.
        case drip(bytes: Int, every: Duration)
        /// Sends heads of these 1xx statuses first.
        case interim([Int])
        /// Sends these bytes instead of any HTTP answer, then closes.
        case raw([UInt8])
    }

    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    public var framing: Framing
    public var faults: [Fault]
    /// Says `Connection: close` and does it.
    public var closesConnection: Bool

    public init(
        _ status: Int = 200,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        framing: Framing = .length,
        faults: [Fault] = [],
        closesConnection: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.framing = framing
        self.faults = faults
        self.closesConnection = closesConnection
    }

    /// A 200 with a text body.
    public static func text(_ body: String, headers: [(name: String, value: String)] = [], faults: [Fault] = []) -> ScriptedResponse {
        text(200, body, headers: headers, faults: faults)
    }

    /// A response with a text body.
    public static func text(_ status: Int, _ body: String, headers: [(name: String, value: String)] = [], faults: [Fault] = []) -> ScriptedResponse {
        ScriptedResponse(status, headers: headers, body: Array(body.utf8), faults: faults)
    }
}
