/// The certificate authorities that a setting names cannot be read. Nothing else is trusted in their place.
public struct TLSTrustError: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    public let origin: TLSTrust.Origin
    /// Why, in the system's words.
    public let reason: String

    public var description: String {
        "\(origin.rawValue) names the certificate bundle \(path.debugDescription), which cannot be used: \(reason). "
            + "Correct the setting or unset it to trust the system's certificate authorities."
    }
}
