internal import AWSEndpoints
internal import HTTPTransport

/// The credentials endpoint of the container: ECS task role, EKS pod identity, or another agent on this machine.
struct ContainerSource: CredentialSource {
    let world: IdentityWorld

    var name: String { "container credentials" }

    func fetch() async throws -> AWSCredentials {
        let url = try url()
        let response = try await CredentialRequests(world: world, source: name, pause: 1).send(
            service: "container credentials", operation: "GET", error: { Self.error(in: $0) }
        ) {
            var headers: HTTPHeaders = ["Accept": "application/json"]
            if let token = try authorization() { headers.add(name: "Authorization", value: token) }
            // The endpoint is on this machine or in a link-local address that no network carries further.
            return HTTPRequest(
                url: url, headers: headers, limits: Self.limits, trust: world.trust, proxyBypass: true,
                plaintextPolicy: .allowed)
        }
        switch MetadataCredentials.parse(response.body) {
        case .success(let credentials): return credentials
        case .failure(let fault): throw failure(.malformedAnswer(fault.text))
        }
    }

    /// AWS_CONTAINER_CREDENTIALS_RELATIVE_URI beats AWS_CONTAINER_CREDENTIALS_FULL_URI.
    func url() throws(CredentialSourceError) -> String {
        if let path = world.environment.setting("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw failure(.invalid("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no path that begins with /"))
            }
            return "http://169.254.170.2\(path)"
        }
        guard let text = world.environment.setting("AWS_CONTAINER_CREDENTIALS_FULL_URI") else {
            throw failure(
                .notConfigured(
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI are not set"))
        }
        guard let url = EndpointURL(String(text.prefix { $0 != "?" })), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw failure(.invalid("AWS_CONTAINER_CREDENTIALS_FULL_URI did not specify a host: it must be an http or https URL")) }
        guard url.scheme == "https" || url.isLoopback || Self.linkLocalHosts.contains(url.host) else {
            throw failure(
                .endpointRefused(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI names \(url.host) over http://; allowed are https, this machine, "
                        + "and \(Self.linkLocalHosts.joined(separator: ", "))"))
        }
        return text
    }

    private static let linkLocalHosts = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]

    private static let limits = HTTPLimits(
        connectTimeout: .seconds(2), stallTime: .seconds(2), deadline: .seconds(5), maxBodyBytes: 64 << 10)

    /// Read anew at each attempt: the agent replaces the file.
    private func authorization() throws(CredentialSourceError) -> String? {
        let token: String
        let origin: String
        if let path = world.environment.setting("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            origin = path
            do throws(FileAccessError) {
                token = String(decoding: try world.files.read(path, limit: 64 << 10).bytes, as: UTF8.self).trimmed
            } catch {
                throw failure(.file(error))
            }
        } else if let value = world.environment.setting("AWS_CONTAINER_AUTHORIZATION_TOKEN") {
            origin = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
            token = value
        } else {
            return nil
        }
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw failure(.invalid("\(origin) is empty or holds line breaks: it cannot be a header"))
        }
        return token
    }

    private static func error(in response: HTTPResponse) -> (code: String?, message: String?, requestID: String?) {
        guard case .failure(let fault) = MetadataCredentials.parse(response.body) else { return (nil, nil, nil) }
        return (nil, response.body.isEmpty ? nil : fault.text, nil)
    }
}
