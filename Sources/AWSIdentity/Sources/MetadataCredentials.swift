internal import Foundation
internal import Timestamps

/// The JSON with which containers and instances hand out keys.
struct MetadataCredentials: Decodable {
    var accessKeyID: String?
    var secretAccessKey: String?
    var token: String?
    var expiration: String?
    var accountID: String?
    var code: String?
    var message: String?

    private enum CodingKeys: String, CodingKey {
        case accessKeyID = "AccessKeyId"
        case secretAccessKey = "SecretAccessKey"
        case token = "Token"
        case expiration = "Expiration"
        case accountID = "AccountId"
        case code = "Code"
        case message = "Message"
    }

    /// The credentials, or in words what is wrong with the answer.
    static func parse(_ body: [UInt8]) -> Result<AWSCredentials, Fault> {
        guard let answer = try? JSONDecoder().decode(MetadataCredentials.self, from: Data(body)) else {
            return .failure(Fault(text: "the answer is not the JSON of credentials"))
        }
        if let code = answer.code, code != "Success" {
            return .failure(Fault(text: "the answer says \(code)\(answer.message.map { ": \($0)" } ?? "")"))
        }
        guard let key = answer.accessKeyID, let secret = answer.secretAccessKey, !key.isEmpty, !secret.isEmpty else {
            return .failure(Fault(text: "the answer holds no AccessKeyId and SecretAccessKey"))
        }
        var expiration: Timestamp?
        if let text = answer.expiration {
            guard let parsed = Timestamp(rfc3339: text) else {
                return .failure(Fault(text: "the answer's Expiration is no RFC 3339 time"))
            }
            expiration = parsed
        }
        return .success(
            AWSCredentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: answer.token, expiration: expiration,
                accountID: answer.accountID))
    }

    struct Fault: Error { let text: String }
}
