internal import Cryptography
internal import HTTPTransport

/// A key for SSE-C: S3 encrypts with it and forgets it. Never shown.
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html)
public struct S3CustomerKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    /// Nil unless there are 32 bytes (AES-256).
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    public var description: String { "(a 256-bit customer key)" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The three headers of a request, or of the source of a copy.
    func addHeaders(to headers: inout HTTPHeaders, forCopySource: Bool = false) {
        let prefix = forCopySource ? "x-amz-copy-source-server-side-encryption-customer-" : "x-amz-server-side-encryption-customer-"
        headers["\(prefix)algorithm"] = "AES256"
        headers["\(prefix)key"] = Base64.encode(bytes)
        headers["\(prefix)key-MD5"] = Base64.encode(MD5.hash(bytes))
    }
}
