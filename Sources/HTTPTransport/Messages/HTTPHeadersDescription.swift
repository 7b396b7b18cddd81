/// What shows when headers end up in a message: never a credential.
extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        "[" + map(\.description).joined(separator: ", ") + "]"
    }

    public var debugDescription: String { description }
}

extension HTTPHeaders.Field: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "\(name): \(isSecret ? "***" : value)" }
    public var debugDescription: String { description }

    /// Whether the field lets its bearer act for the caller, in AWS or on an encrypted object.
    var isCredential: Bool { Self.credentials.contains { name.equalsIgnoringASCIICase($0) } }

    /// Whether the value must not show.
    var isSecret: Bool { isCredential || Self.otherSecrets.contains { name.equalsIgnoringASCIICase($0) } }

    private static let credentials = [
        "authorization", "x-amz-security-token", "x-amz-sso_bearer_token", "x-amz-server-side-encryption-customer-key",
        "x-amz-copy-source-server-side-encryption-customer-key",
    ]
    private static let otherSecrets = ["proxy-authorization", "x-aws-ec2-metadata-token", "cookie", "set-cookie", "location"]
}
