public import HTTPTransport
public import Timestamps

/// Signs requests with AWS Signature Version 4: a pure function of credentials, time and request.
///
/// Sign at every attempt: a retry gets a fresh time and maybe fresh credentials, and an older signature is replaced.
/// Sources: AWS "Create a signed AWS API request"; Amazon S3 API reference, "Authenticating Requests".
public struct SigV4Signer: Sendable {
    /// Adds `Authorization`, `X-Amz-Date` and, when they apply, `X-Amz-Security-Token` and `x-amz-content-sha256` to
    /// `request`. The URL is sent as it stands; it must be percent-encoded once.
    ///
    /// - Parameters:
    ///   - time: the moment of signing, corrected by ``ClockSkew``; AWS accepts it for about 15 minutes.
    ///   - payload: what the signature says about the body. Take `.unsigned` only over TLS.
    ///   - keys: where derived keys are remembered.
    public static func sign(
        _ request: inout HTTPRequest,
        credentials: AWSCredentials,
        region: String,
        service: String,
        time: Timestamp,
        payload: PayloadHash,
        style: SigV4Style,
        sessionToken placement: SessionTokenPlacement = .signed,
        keys: SigningKeyCache = .shared
    ) throws(SigningError) {
        let signed = try signature(
            of: request, credentials: credentials, region: region, service: service, time: time, payload: payload,
            style: style, sessionToken: placement, keys: keys)
        for name in signatureHeaders { request.headers.remove(name) }
        for header in signed.headers { request.headers.add(name: header.name, value: header.value) }
    }

    /// A URL that carries its signature in the query, for whoever holds it, from `time` on for `lifetime` seconds.
    ///
    /// The host and the headers of `request` are signed: whoever uses the URL must send the same ones.
    /// - Parameter lifetime: 1 to 604 800 s (7 days); the URL dies with temporary credentials even before.
    public static func presign(
        _ request: HTTPRequest,
        credentials: AWSCredentials,
        region: String,
        service: String,
        time: Timestamp,
        lifetime: Int,
        payload: PayloadHash = .unsigned,
        style: SigV4Style = .s3,
        sessionToken placement: SessionTokenPlacement = .signed,
        keys: SigningKeyCache = .shared
    ) throws(SigningError) -> String {
        try presignature(
            of: request, credentials: credentials, region: region, service: service, time: time, lifetime: lifetime,
            payload: payload, style: style, sessionToken: placement, keys: keys
        ).url
    }

    /// Headers that a former signing may have left.
    private static let signatureHeaders = ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"]

    static func signature(
        of request: HTTPRequest,
        credentials: AWSCredentials,
        region: String,
        service: String,
        time: Timestamp,
        payload: PayloadHash,
        style: SigV4Style,
        sessionToken placement: SessionTokenPlacement,
        keys: SigningKeyCache
    ) throws(SigningError) -> (headers: [(name: String, value: String)], signature: SigV4Signature) {
        try credentials.checkForSigning()
        let url = try SignableURL(request.url)
        var added = [(name: "X-Amz-Date", value: time.amzDate)]
        if style.sendsPayloadHash { added.append(("x-amz-content-sha256", payload.text)) }
        var afterwards: [(name: String, value: String)] = []
        if let token = credentials.sessionToken {
            switch placement {
            case .signed: added.append(("X-Amz-Security-Token", token))
            case .afterSigning: afterwards.append(("X-Amz-Security-Token", token))
            }
        }
        let headers = try SignedHeaders(sent(with: request, to: url) + added)
        let canonical = CanonicalRequest(
            method: request.method, path: url.path.utf8, query: (url.query ?? "").utf8, headers: headers,
            payload: payload, style: style)
        let signature = SigV4Signature(
            of: canonical, secret: credentials.secretAccessKey, region: region, service: service, time: time, keys: keys)
        let authorization =
            "\(SigV4Signature.algorithm) Credential=\(credentials.accessKeyID)/\(signature.scope), "
            + "SignedHeaders=\(headers.names), Signature=\(signature.hex)"
        return (added + afterwards + [("Authorization", authorization)], signature)
    }

    static func presignature(
        of request: HTTPRequest,
        credentials: AWSCredentials,
        region: String,
        service: String,
        time: Timestamp,
        lifetime: Int,
        payload: PayloadHash,
        style: SigV4Style,
        sessionToken placement: SessionTokenPlacement,
        keys: SigningKeyCache
    ) throws(SigningError) -> (url: String, signature: SigV4Signature) {
        guard (1...604_800).contains(lifetime) else { throw .invalidLifetime(seconds: lifetime) }
        try credentials.checkForSigning()
        let url = try SignableURL(request.url)
        let headers = try SignedHeaders(sent(with: request, to: url))
        let scope = SigV4Signature.scope(region: region, service: service, time: time)
        let given = url.query.map(String.init).flatMap { $0.isEmpty ? nil : $0 }
        var query = (given.map { "\($0)&" } ?? "")
        query += "X-Amz-Algorithm=\(SigV4Signature.algorithm)"
        query += "&X-Amz-Credential=\(PercentEncoding.encode("\(credentials.accessKeyID)/\(scope)"))"
        query += "&X-Amz-Date=\(time.amzDate)&X-Amz-Expires=\(lifetime)"
        query += "&X-Amz-SignedHeaders=\(PercentEncoding.encode(headers.names))"
        let token = credentials.sessionToken.map { "&X-Amz-Security-Token=\(PercentEncoding.encode($0))" } ?? ""
        if placement == .signed { query += token }
        let canonical = CanonicalRequest(
            method: request.method, path: url.path.utf8, query: query.utf8, headers: headers, payload: payload,
            style: style)
        let signature = SigV4Signature(
            of: canonical, secret: credentials.secretAccessKey, region: region, service: service, time: time, keys: keys)
        if placement == .afterSigning { query += token }
        return ("\(url.base)?\(query)&X-Amz-Signature=\(signature.hex)", signature)
    }

    /// The headers as the server will see them: the given ones without those of a former signing, and the host.
    private static func sent(with request: HTTPRequest, to url: SignableURL) -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        var namesHost = false
        for header in request.headers {
            let name = header.name.lowercased()
            if signatureHeaders.contains(name) { continue }
            if name == "host" { namesHost = true }
            headers.append((name, header.value))
        }
        if !namesHost { headers.append(("host", url.host)) }
        return headers
    }
}

extension AWSCredentials {
    /// Credentials travel in headers: nothing that could end a header line may be in them.
    func checkForSigning() throws(SigningError) {
        func isPrintable(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
        guard isPrintable(accessKeyID) else { throw .invalidCredential(field: "access key id") }
        guard isPrintable(secretAccessKey) else { throw .invalidCredential(field: "secret access key") }
        guard sessionToken.map(isPrintable) ?? true else { throw .invalidCredential(field: "session token") }
    }
}
