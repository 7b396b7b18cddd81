internal import AWSEndpoints
public import AWSIdentity
public import AWSServices
internal import Foundation
public import HTTPTransport

/// The reading operations of KMS that tell whether a key can be used, and by whom.
/// (https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html)
public struct KMSClient: Sendable {
    private var service: ServiceClient

    public init(_ configuration: ServiceConfiguration, credentials: any CredentialProvider, http: any HTTPClient) {
        service = ServiceClient(.kms, configuration, credentials: credentials, http: http)
    }

    /// The same client in another region, for a key that lies there.
    public func inRegion(_ region: String) -> KMSClient {
        var client = self
        client.service.configuration.region = region
        return client
    }

    /// What a key is.
    ///
    /// - Parameter key: an id, an ARN, or an alias (`alias/NAME`).
    /// - Throws: ``ServiceError``, `notFound` when there is none; or `CancellationError`.
    public func describe(_ key: String) async throws -> KMSKey {
        struct Answer: Decodable {
            struct Metadata: Decodable { var Arn: String; var KeyState: String?; var Enabled: Bool?; var KeyManager: String? }
            var KeyMetadata: Metadata
        }
        let metadata = try await call("DescribeKey", ["KeyId": key], returning: Answer.self).KeyMetadata
        return KMSKey(
            arn: metadata.Arn, state: metadata.KeyState ?? (metadata.Enabled == true ? "Enabled" : "Disabled"), isManagedByAWS: metadata.KeyManager == "AWS")
    }

    /// The policy of a key of the same account; nil when it could not be understood.
    ///
    /// - Throws: ``ServiceError``, or `CancellationError`.
    public func policy(of key: KMSKey) async throws -> PolicyDocument? {
        struct Answer: Decodable { var Policy: String }
        // Every key has exactly one policy, and `default` is its name.
        return PolicyDocument(json: try await call("GetKeyPolicy", ["KeyId": key.arn, "PolicyName": "default"], returning: Answer.self).Policy)
    }

    private func call<Answer: Decodable>(_ operation: String, _ question: [String: String], returning: Answer.Type) async throws -> Answer {
        let body = try [UInt8](JSONEncoder().encode(question))
        let answer = try await service.send(.json(operation, target: "TrentService", version: "1.1", body: body))
        guard let decoded = try? JSONDecoder().decode(Answer.self, from: Data(answer)) else { throw service.unreadable(operation) }
        return decoded
    }
}
