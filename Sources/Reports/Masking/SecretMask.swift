/// Stands for a sensitive value without showing it: `(sensitive) 3fa9c21b`.
///
/// The eight hex digits are a keyed hash, so that a person sees whether two values of one report are equal. The key is
/// random per run and never stored: the digits can't be looked up in a table of guessed passwords, and two runs show
/// different digits for the same value.
public struct SecretMask: Sendable {
    private let key: (UInt64, UInt64)

    /// - Parameter key: 128 random bits, new for each run.
    public init(key: (UInt64, UInt64)) {
        self.key = key
    }

    /// What stands in the value's place in a report for people.
    public func text(for value: some Collection<UInt8>) -> String {
        "(sensitive) \(fingerprint(of: value))"
    }

    /// The keyed hash alone: eight lowercase hex digits.
    public func fingerprint(of value: some Collection<UInt8>) -> String {
        let tag = UInt32(truncatingIfNeeded: SipHash(key: key).hash(value))
        let digits = String(tag, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
