/// A finished body: bytes in memory that can be read as often as wanted. `[UInt8]` is one.
public protocol ObjectBody: Sendable {
    /// Lends the bytes for the duration of `read`.
    func withBodyBytes<R>(_ read: (UnsafeRawBufferPointer) -> R) -> R
}

/// Gathers a body as it arrives. A type that keeps bytes in its own way (with padding for a scanner, say) adopts this
/// protocol and gets its bytes straight from the connection. Used by one thread at a time.
public protocol ObjectBodyCollector: ~Copyable {
    associatedtype Body: ObjectBody

    /// - Parameter capacity: bytes announced by the server, bounded by the client's limit; there may come more or fewer.
    init(capacity: Int)

    /// Bytes gathered.
    var count: Int { get }

    /// Copies the bytes. Called on the transport's thread: be quick.
    mutating func append(_ bytes: UnsafeRawBufferPointer)

    /// The body.
    consuming func finish() -> Body
}

extension Array: ObjectBody where Element == UInt8 {
    public func withBodyBytes<R>(_ read: (UnsafeRawBufferPointer) -> R) -> R { withUnsafeBytes(read) }
}

/// Gathers a body as an array.
public struct ByteArrayCollector: ObjectBodyCollector {
    private var bytes: [UInt8] = []

    public init(capacity: Int) { bytes.reserveCapacity(capacity) }

    public var count: Int { bytes.count }

    public mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

    public consuming func finish() -> [UInt8] { bytes }
}
