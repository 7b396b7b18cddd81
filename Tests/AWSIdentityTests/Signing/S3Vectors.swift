import Cryptography
import HTTPTransport
import Testing
import Timestamps

@testable import AWSIdentity

/// The S3 signing cases, made with botocore as the oracle.
struct S3Vectors: Decodable {
    let vectors: [Vector]

    struct Vector: Decodable {
        let name, method, scheme, host, rawPath, accessKeyId, secretAccessKey, region, service, timestamp: String
        let query: [[String]]
        let headers: [String: String]
        let sessionToken, authorization, presignedURL: String?
        let expires: Int?
        let payloadHash, canonicalRequest, stringToSign, signature, signedHeaders: String

        private enum CodingKeys: CodingKey {
            case name, method, scheme, host, rawPath, accessKeyId, secretAccessKey, region, service, timestamp, query,
                headers, sessionToken, authorization, presignedURL, expires, payloadHash, canonicalRequest,
                stringToSign, signature, signedHeaders
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            func text(_ key: CodingKeys) throws -> String { try fields.decode(String.self, forKey: key) }
            (name, method, scheme) = (try text(.name), try text(.method), try text(.scheme))
            (host, rawPath) = (try text(.host), try text(.rawPath))
            (accessKeyId, secretAccessKey) = (try text(.accessKeyId), try text(.secretAccessKey))
            (region, service, timestamp) = (try text(.region), try text(.service), try text(.timestamp))
            query = try fields.decode([[String]].self, forKey: .query)
            headers = try fields.decode([String: String].self, forKey: .headers)
            sessionToken = try fields.decodeIfPresent(String.self, forKey: .sessionToken)
            authorization = try fields.decodeIfPresent(String.self, forKey: .authorization)
            presignedURL = try fields.decodeIfPresent(String.self, forKey: .presignedURL)
            expires = try fields.decodeIfPresent(Int.self, forKey: .expires)
            (payloadHash, canonicalRequest) = (try text(.payloadHash), try text(.canonicalRequest))
            (stringToSign, signature) = (try text(.stringToSign), try text(.signature))
            signedHeaders = try fields.decodeIfPresent(String.self, forKey: .signedHeaders) ?? ""
        }

        func check() throws {
            let pairs = query.map { "\(PercentEncoding.encode($0[0]))=\(PercentEncoding.encode($0[1]))" }
            let url = "\(scheme)://\(host)\(rawPath)\(pairs.isEmpty ? "" : "?\(pairs.joined(separator: "&"))")"
            var request = HTTPRequest(
                method: method, url: url, headers: HTTPHeaders(headers.map { (name: $0.key, value: $0.value) }))
            let credentials = AWSCredentials(
                accessKeyID: accessKeyId, secretAccessKey: secretAccessKey, sessionToken: sessionToken)
            let time = try #require(Timestamp(amzDate: timestamp))
            let payload = try #require(PayloadHash(text: payloadHash), "\(name)")
            let made: SigV4Signature
            if let expires {
                let presigned = try SigV4Signer.presignature(
                    of: request, credentials: credentials, region: region, service: service, time: time,
                    lifetime: expires, payload: payload, style: .s3, sessionToken: .signed, keys: .shared)
                #expect(presigned.url == presignedURL, "\(name)")
                made = presigned.signature
            } else {
                made = try SigV4Signer.signature(
                    of: request, credentials: credentials, region: region, service: service, time: time,
                    payload: payload, style: .s3, sessionToken: .signed, keys: .shared
                ).signature
                try SigV4Signer.sign(
                    &request, credentials: credentials, region: region, service: service, time: time,
                    payload: payload, style: .s3)
                #expect(request.headers["authorization"] == authorization, "\(name)")
            }
            #expect(made.canonicalRequest.text == canonicalRequest, "\(name)")
            #expect(made.stringToSign == stringToSign, "\(name)")
            #expect(made.hex == signature, "\(name)")
        }
    }
}

extension PayloadHash {
    init?(text: String) {
        switch text {
        case PayloadHash.unsigned.text: self = .unsigned
        case PayloadHash.streamingUnsignedTrailer.text: self = .streamingUnsignedTrailer
        default:
            guard let digest = SHA256Digest(hex: text) else { return nil }
            self = .digest(digest)
        }
    }
}
