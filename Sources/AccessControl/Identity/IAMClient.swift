internal import AWSEndpoints
public import AWSIdentity
public import AWSServices
public import HTTPTransport

/// The reading operations of IAM that tell what a role may do.
/// (https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html)
public struct IAMClient: Sendable {
    private let service: ServiceClient
    private static let version = "2010-05-08"

    public init(_ configuration: ServiceConfiguration, credentials: any CredentialProvider, http: any HTTPClient) {
        service = ServiceClient(.iam, configuration, credentials: credentials, http: http)
    }

    /// A role of the account that the credentials belong to.
    ///
    /// - Parameter name: without its path.
    /// - Throws: ``ServiceError``, `notFound` when there is none; or `CancellationError`.
    public func role(_ name: String) async throws -> IAMRole {
        let fields = try await call("GetRole", ["RoleName": name])
        guard let arn = fields["GetRoleResult/Role/Arn"], !arn.isEmpty else { throw service.unreadable("GetRole") }
        return IAMRole(
            arn: arn, trust: fields["GetRoleResult/Role/AssumeRolePolicyDocument"].flatMap(Self.document),
            boundaryARN: fields["GetRoleResult/Role/PermissionsBoundary/PermissionsBoundaryArn"])
    }

    /// All policies of a role: those written into it, and those attached to it in their default versions.
    ///
    /// - Throws: ``ServiceError``, or `CancellationError`. One policy that cannot be read is an error: without it the
    ///   others say nothing certain.
    public func policies(ofRole name: String) async throws -> [IAMPolicy] {
        var policies: [IAMPolicy] = []
        for policy in try await list("ListRolePolicies", role: name, at: "PolicyNames/member") {
            let fields = try await call("GetRolePolicy", ["RoleName": name, "PolicyName": policy])
            policies.append(IAMPolicy(name: policy, document: fields["GetRolePolicyResult/PolicyDocument"].flatMap(Self.document)))
        }
        for arn in try await list("ListAttachedRolePolicies", role: name, at: "AttachedPolicies/member/PolicyArn") {
            let policy = try await call("GetPolicy", ["PolicyArn": arn])
            guard let version = policy["GetPolicyResult/Policy/DefaultVersionId"] else { throw service.unreadable("GetPolicy") }
            let fields = try await call("GetPolicyVersion", ["PolicyArn": arn, "VersionId": version])
            policies.append(IAMPolicy(name: arn, document: fields["GetPolicyVersionResult/PolicyVersion/Document"].flatMap(Self.document)))
        }
        return policies
    }

    /// Lists are handed out in pages. (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html)
    private func list(_ operation: String, role: String, at path: String) async throws -> [String] {
        var names: [String] = []
        var marker: String?
        // A role has at most 20 attached policies, and inline ones of 10 240 characters in all.
        for _ in 0..<100 {
            let page: KeyValuePairs = if let marker { ["RoleName": role, "Marker": marker] } else { ["RoleName": role] }
            let fields = try await call(operation, page)
            names += fields.all("\(operation)Result/\(path)")
            guard fields["\(operation)Result/IsTruncated"] == "true" else { return names }
            guard let next = fields["\(operation)Result/Marker"], next != marker else { break }
            marker = next
        }
        throw service.unreadable(operation)
    }

    private func call(_ operation: String, _ arguments: KeyValuePairs<String, String>) async throws -> XMLFields {
        let answer = try await service.send(.query(operation, version: Self.version, arguments))
        guard let fields = XMLFields(answer) else { throw service.unreadable(operation) }
        return fields
    }

    /// IAM hands out policies percent-encoded (RFC 3986); some servers do not.
    private static func document(_ text: String) -> PolicyDocument? {
        PolicyDocument(json: text) ?? PercentEncoding.decode(text).flatMap { PolicyDocument(json: $0) }
    }
}
