internal import Cryptography
internal import HTTPTransport

/// How a new object is to be encrypted.
public enum S3WriteEncryption: Hashable, Sendable {
    /// As the bucket's default says.
    case bucketDefault
    /// SSE-S3.
    case s3
    /// SSE-KMS. No key id means the account's `aws/s3` key. The context is readable in CloudTrail.
    case kms(keyID: String?, context: [String: String] = [:], useBucketKey: Bool? = nil)
    /// SSE-C, with the key of the client's configuration.
    case customerKey

    func addHeaders(to headers: inout HTTPHeaders, customerKey: S3CustomerKey?) {
        switch self {
        case .bucketDefault: break
        case .s3: headers["x-amz-server-side-encryption"] = "AES256"
        case .kms(let keyID, let context, let useBucketKey):
            headers["x-amz-server-side-encryption"] = "aws:kms"
            if let keyID { headers["x-amz-server-side-encryption-aws-kms-key-id"] = keyID }
            if !context.isEmpty { headers["x-amz-server-side-encryption-context"] = Base64.encode(Self.json(context)) }
            if let useBucketKey { headers["x-amz-server-side-encryption-bucket-key-enabled"] = useBucketKey ? "true" : "false" }
        case .customerKey: customerKey?.addHeaders(to: &headers)
        }
    }

    /// A flat JSON object with sorted keys.
    private static func json(_ context: [String: String]) -> [UInt8] {
        let members = context.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { "\(quoted($0.key)):\(quoted($0.value))" }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }

    private static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": output += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                output += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output + "\""
    }
}
