/// The body of a request.
public enum HTTPBody: Sendable {
    /// No body. `PUT` and `POST` send `Content-Length: 0`.
    case none
    /// The whole body in memory.
    case bytes([UInt8])
    /// A body read piece by piece while it is sent. `length` is its exact size in bytes: a source that gives more or
    /// less fails the request with ``TransportError/Code/bodySourceLength(expected:got:)``.
    case stream(length: Int64, HTTPBodySource)

    /// The value of the `Content-Length` header, nil when there is no body.
    public var length: Int64? {
        switch self {
        case .none: nil
        case .bytes(let bytes): Int64(bytes.count)
        case .stream(let length, _): length
        }
    }
}
