/// The account of a ministack server, managed as its root: users, roles and keys for tests.
///
/// ministack takes root's requests on trust; those of the users and roles made here it checks as AWS does.
public struct EmulatedAccount: Sendable {
    let endpoint: String

    /// - Parameter server: of kind ``RealServerKind/ministack``.
    public init(_ server: RealServer) { endpoint = server.endpoint }

    init(port: UInt16) { endpoint = "http://127.0.0.1:\(port)" }

    /// Makes a user and gives out its keys.
    /// - Parameter statements: the statements of its policy, in JSON.
    public func makeUser(_ name: String, allowing statements: String = EmulatedAccount.everything) async throws -> (accessKeyID: String, secretAccessKey: String) {
        _ = try await iam("CreateUser", ["UserName": name])
        _ = try await iam("PutUserPolicy", ["UserName": name, "PolicyName": "test", "PolicyDocument": Self.policy(statements)])
        let answer = try await iam("CreateAccessKey", ["UserName": name])
        return (try Self.value("AccessKeyId", in: answer), try Self.value("SecretAccessKey", in: answer))
    }

    /// Makes a role and gives out its ARN.
    ///
    /// - Parameters:
    ///   - principal: who may assume it, in JSON: `{"AWS":"*"}`.
    ///   - action: how: `sts:AssumeRole` or `sts:AssumeRoleWithWebIdentity`.
    public func makeRole(_ name: String, trusting principal: String, action: String, allowing statements: String) async throws -> String {
        let trust = Self.policy(#"{"Effect":"Allow","Principal":\#(principal),"Action":"\#(action)"}"#)
        let answer = try await iam("CreateRole", ["RoleName": name, "AssumeRolePolicyDocument": trust])
        _ = try await iam("PutRolePolicy", ["RoleName": name, "PolicyName": "test", "PolicyDocument": Self.policy(statements)])
        return try Self.value("Arn", in: answer)
    }

    /// Makes an OIDC provider and gives out its ARN.
    public func makeIdentityProvider(_ host: String) async throws -> String {
        let answer = try await iam(
            "CreateOpenIDConnectProvider",
            [
                "Url": "https://\(host)", "ClientIDList.member.1": "sts.amazonaws.com",
                "ThumbprintList.member.1": "9e99a48a9960b14926bb7f3b02e22da2b0ab7280",
            ])
        return try Self.value("OpenIDConnectProviderArn", in: answer)
    }

    /// Makes a symmetric KMS key and gives out its ARN.
    public func makeKey() async throws -> String {
        let answer = try await send(
            service: "kms", headers: ["Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "TrentService.CreateKey"], body: "{}")
        guard let match = answer.firstMatch(of: #/"Arn"\s*:\s*"([^"]+)"/#) else { throw EmulatedAccountError(answer: answer) }
        return String(match.1)
    }

    /// Every action on everything.
    public static let everything = #"{"Effect":"Allow","Action":"*","Resource":"*"}"#
    /// What a snapshot needs, and no more.
    public static let readingS3 = #"{"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":"*"}"#

    private static func policy(_ statements: String) -> String { #"{"Version":"2012-10-17","Statement":[\#(statements)]}"# }

    private func iam(_ action: String, _ fields: [String: String]) async throws -> String {
        let all = fields.merging(["Action": action, "Version": "2010-05-08"]) { $1 }
        let body = all.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(service: "iam", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: body)
    }

    private func send(service: String, headers: [String: String], body: String) async throws -> String {
        let script = """
            import json, sys, urllib.error, urllib.request
            url, headers, body = sys.argv[1:]
            try: print(urllib.request.urlopen(urllib.request.Request(url, body.encode(), json.loads(headers)), timeout=20).read().decode())
            except urllib.error.HTTPError as refusal: sys.exit(refusal.read().decode())
            """
        let root = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/\(service)/aws4_request, SignedHeaders=host, Signature=0"
        let all = headers.merging(["Authorization": root]) { $1 }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        let python = ServerEnvironment.python(beside: try await ServerEnvironment.program(of: .ministack))
        let outcome = try await runProcess([python, "-c", script, endpoint + "/", "{\(all)}", body])
        guard outcome.status == 0 else { throw EmulatedAccountError(answer: outcome.errors) }
        return outcome.output
    }

    private static func value(_ element: String, in answer: String) throws -> String {
        guard let start = answer.firstRange(of: "<\(element)>"), let end = answer[start.upperBound...].firstIndex(of: "<") else {
            throw EmulatedAccountError(answer: answer)
        }
        return String(answer[start.upperBound..<end])
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + String(Int(byte) + 0x100, radix: 16, uppercase: true).dropFirst()
        }.joined()
    }
}

/// A server would not make what was asked for, or answered something else.
public struct EmulatedAccountError: Error, CustomStringConvertible {
    public let answer: String

    public var description: String { "the emulator answered: \(answer.suffix(300))" }
}
