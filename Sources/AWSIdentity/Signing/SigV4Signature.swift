internal import Cryptography
internal import Timestamps

/// One signature in the making: scope, string to sign, result.
struct SigV4Signature {
    static let algorithm = "AWS4-HMAC-SHA256"

    let scope: String
    let canonicalRequest: CanonicalRequest
    let stringToSign: String
    let hex: String

    init(
        of request: CanonicalRequest,
        secret: String,
        region: String,
        service: String,
        time: Timestamp,
        keys: SigningKeyCache
    ) {
        let day = time.amzDay
        canonicalRequest = request
        scope = Self.scope(region: region, service: service, time: time)
        stringToSign = "\(Self.algorithm)\n\(time.amzDate)\n\(scope)\n\(request.digest.hex)"
        let key = keys.key(secret: secret, day: day, region: region, service: service)
        hex = Hex.encode(HMACSHA256.authenticate(Array(stringToSign.utf8), key: key))
    }

    static func scope(region: String, service: String, time: Timestamp) -> String {
        "\(time.amzDay)/\(region)/\(service)/aws4_request"
    }
}
