internal import Cryptography
internal import S3

/// A key for SSE-C as people keep it: 32 bytes in base64, as Terraform wants it.
enum CustomerKeyText {
    static func decode(_ text: String) -> S3CustomerKey? {
        Base64.decode(text).flatMap { S3CustomerKey(bytes: $0) }
    }
}
