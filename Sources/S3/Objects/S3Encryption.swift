internal import HTTPTransport

/// How an object is encrypted at rest.
public enum S3Encryption: Hashable, Sendable {
    /// SSE-S3: keys of S3.
    case s3
    /// SSE-KMS; `isDualLayer` for DSSE.
    case kms(keyID: String?, isDualLayer: Bool)
    /// SSE-C: a key of the customer.
    case customerKey
    case other(String)

    init?(_ headers: HTTPHeaders) {
        if headers.contains("x-amz-server-side-encryption-customer-algorithm") {
            self = .customerKey
            return
        }
        let keyID = headers["x-amz-server-side-encryption-aws-kms-key-id"]
        switch headers["x-amz-server-side-encryption"] {
        case nil, "": return nil
        case "AES256": self = .s3
        case "aws:kms": self = .kms(keyID: keyID, isDualLayer: false)
        case "aws:kms:dsse": self = .kms(keyID: keyID, isDualLayer: true)
        case let word?: self = .other(word)
        }
    }

    /// Whether an ETag of 32 hex digits is the MD5 of the content
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
    static func etagIsMD5(_ encryption: S3Encryption?) -> Bool {
        switch encryption {
        case nil, .s3: true
        case .kms, .customerKey, .other: false
        }
    }
}
