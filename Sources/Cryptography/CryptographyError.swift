/// What can go wrong in the functions of this module.
public enum CryptographyError: Error, Equatable, CustomStringConvertible {
    /// The operating system's random generator gave nothing.
    case noRandomness
    /// A key, nonce or tag has another length than the algorithm needs.
    case wrongLength(of: String, expected: Int, actual: Int)
    /// The bytes were changed, or sealed with another key.
    case notAuthentic
    /// scrypt's cost parameters are out of range or ask for more memory than allowed.
    case scryptParameters(memory: Int)
    /// OpenSSL refused an operation that should always succeed.
    case unavailable(algorithm: String)

    public var description: String {
        switch self {
        case .noRandomness: "the operating system gave no random bytes"
        case .wrongLength(let what, let expected, let actual): "\(what) must be \(expected) bytes long, not \(actual)"
        case .notAuthentic: "the bytes were altered, or sealed with another key"
        case .scryptParameters(let memory): "scrypt refused its cost parameters (they need \(memory) bytes of memory)"
        case .unavailable(let algorithm): "this OpenSSL cannot do \(algorithm): is its default provider installed?"
        }
    }
}
