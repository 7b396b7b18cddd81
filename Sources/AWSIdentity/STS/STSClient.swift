internal import AWSEndpoints
internal import HTTPTransport
internal import Timestamps

/// The two calls of AWS STS that turn one identity into another (AWS STS API reference, AssumeRole and
/// AssumeRoleWithWebIdentity).
struct STSClient: Sendable {
    let world: IdentityWorld
    let endpoint: ResolvedEndpoint
    /// For messages.
    let source: String

    /// Signed with `credentials`.
    func assumeRole(
        _ role: RoleToAssume, mfaCode: String?, with credentials: AWSCredentials
    ) async throws -> AWSCredentials {
        var form = [("RoleArn", role.arn), ("RoleSessionName", role.sessionName ?? defaultSessionName)]
        if let duration = role.duration { form.append(("DurationSeconds", "\(duration)")) }
        if let externalID = role.externalID { form.append(("ExternalId", externalID)) }
        if let serial = role.mfaSerial, let mfaCode { form += [("SerialNumber", serial), ("TokenCode", mfaCode)] }
        return try await call("AssumeRole", form, signedWith: credentials)
    }

    /// Unsigned: the token is the proof.
    func assumeRole(_ role: WebIdentityRole, token: String) async throws -> AWSCredentials {
        let form = [
            ("RoleArn", role.arn), ("RoleSessionName", role.sessionName ?? defaultSessionName),
            ("WebIdentityToken", token),
        ]
        return try await call("AssumeRoleWithWebIdentity", form, signedWith: nil)
    }

    /// What CloudTrail shows as the session's name when none is configured.
    private var defaultSessionName: String { "tfguard-\(world.now().seconds)" }

    private func call(
        _ action: String, _ form: [(String, String)], signedWith credentials: AWSCredentials?
    ) async throws -> AWSCredentials {
        let pairs = ([("Action", action), ("Version", "2011-06-15")] + form)
            .map { "\($0.0)=\(PercentEncoding.encode($0.1))" }
        let body = Array(pairs.joined(separator: "&").utf8)
        let url = endpoint.url.path.isEmpty ? "\(endpoint.url)/" : "\(endpoint.url)"
        // STS calls a signature of another time SignatureDoesNotMatch; its answer's date tells the right one.
        var skew = ClockSkew()
        let response = try await CredentialRequests(world: world, source: source).send(
            service: "STS", operation: action, retryCodes: ["IDPCommunicationError"], error: Self.error,
            learns: { answer, code in
                credentials != nil && skew.learn(endpoint: url, code: code, date: answer.headers["date"] ?? "", now: world.now())
            }
        ) {
            var request = HTTPRequest(
                method: "POST", url: url,
                headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/xml"],
                body: .bytes(body), trust: world.trust, plaintextPolicy: world.plaintextPolicy)
            if let credentials {
                try SigV4Signer.sign(
                    &request, credentials: credentials, region: endpoint.signingRegion,
                    service: endpoint.signingService, time: skew.time(at: url, now: world.now()), payload: PayloadHash(of: body),
                    style: .standard)
            }
            return request
        }
        return try temporaryCredentials(in: response, of: action, offset: skew.offsets[url] ?? .zero)
    }

    /// - Parameter offset: how far STS's clock is ahead of ours, where that had to be learnt: whoever looks at the expiration
    ///   later looks at our clock.
    private func temporaryCredentials(in response: HTTPResponse, of action: String, offset: Duration) throws(CredentialSourceError) -> AWSCredentials {
        let fields = XMLFields(response.body)
        let place = "\(action)Result/Credentials"
        guard let fields, let key = fields["\(place)/AccessKeyId"], let secret = fields["\(place)/SecretAccessKey"],
            let token = fields["\(place)/SessionToken"], !key.isEmpty, !secret.isEmpty, !token.isEmpty
        else { throw malformed("the answer of STS \(action) holds no credentials") }
        guard let expiration = fields["\(place)/Expiration"].flatMap({ Timestamp(rfc3339: $0) }) else {
            throw malformed("the answer of STS \(action) has no valid Expiration")
        }
        let arn = fields["\(action)Result/AssumedRoleUser/Arn"]?.split(separator: ":", omittingEmptySubsequences: false)
        let account = arn.flatMap { $0.count > 4 ? String($0[4]) : nil }
        return AWSCredentials(
            accessKeyID: key, secretAccessKey: secret, sessionToken: token, expiration: expiration - offset, accountID: account)
    }

    private func malformed(_ what: String) -> CredentialSourceError {
        CredentialSourceError(source: source, reason: .malformedAnswer(what))
    }

    private static func error(in response: HTTPResponse) -> (code: String?, message: String?, requestID: String?) {
        let fields = XMLFields(response.body)
        return (
            fields?["Error/Code"], fields?["Error/Message"],
            fields?["RequestId"] ?? response.headers["x-amzn-requestid"]
        )
    }
}
