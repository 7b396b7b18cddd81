/// A response with its whole body, exactly as sent: content encodings are not undone.
public struct HTTPResponse: Sendable, Equatable {
    public var status: Int
    public var headers: HTTPHeaders
    public var body: [UInt8]

    public init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// The status and the size of the body; a body may hold secrets and does not show.
extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "HTTP \(status), \(body.count) bytes, \(headers)" }
    public var debugDescription: String { description }
}
