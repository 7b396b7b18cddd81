/// How a child process ended and what it wrote.
public struct ProcessOutcome: Sendable {
    public enum Ending: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
        /// Killed because its time was over.
        case timedOut
    }

    public let ending: Ending
    public let standardOutput: [UInt8]
    public let standardError: [UInt8]

    /// The exit status, nil when a signal ended the process.
    public var status: Int32? { if case .exited(let status) = ending { status } else { nil } }
    public var output: String { String(decoding: standardOutput, as: UTF8.self) }
    public var errors: String { String(decoding: standardError, as: UTF8.self) }
}
