/// The transport could not be started at all.
public struct TransportStartError: Error, Sendable, Hashable, CustomStringConvertible {
    public let reason: String

    public var description: String { "the HTTP transport could not start: \(reason)" }
}
