internal import HTTPTransport
internal import Timestamps

/// The role of the EC2 instance, from its metadata service: version 2, with a session token; version 1 only where the
/// instance knows no version 2 and nobody forbids it.
struct InstanceMetadataSource: CredentialSource {
    let settings: IdentitySettings

    var name: String { "instance metadata" }

    private var world: IdentityWorld { settings.world }

    func fetch() async throws -> AWSCredentials {
        let service = try service()
        let token = try await token(service)
        let list = try await get("/latest/meta-data/iam/security-credentials/", service, token)
        guard let list else { throw failure(.notConfigured("the instance has no IAM role")) }
        let role = String(list.prefix { $0 != "\n" && $0 != "\r" }).trimmed
        guard !role.isEmpty, role.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            throw failure(.malformedAnswer("the metadata service names no role"))
        }
        let path = "/latest/meta-data/iam/security-credentials/\(PercentEncoding.encode(role))"
        guard let answer = try await get(path, service, token) else {
            throw failure(.malformedAnswer("the metadata service has no credentials for role \(role)"))
        }
        switch MetadataCredentials.parse(Array(answer.utf8)) {
        case .success(let credentials): return extended(credentials)
        case .failure(let fault): throw failure(.malformedAnswer(fault.text))
        }
    }

    /// The region the instance runs in, nil when there is no metadata service or it does not say.
    func region() async throws -> String? {
        do {
            let service = try service()
            let text = try await get("/latest/meta-data/placement/region", service, token(service))
            return text.flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
        } catch let error as CredentialSourceError {
            if error.isNotConfigured { return nil }
            throw error
        }
    }

    private struct Service {
        let endpoint: InstanceMetadataEndpoint
        let allowsVersion1: Bool
        let timeout: Duration
        let attempts: Int
    }

    private func service() throws(CredentialSourceError) -> Service {
        let environment = world.environment
        guard !environment.isTrue("AWS_EC2_METADATA_DISABLED") else {
            throw failure(.notConfigured("turned off by AWS_EC2_METADATA_DISABLED"))
        }
        let profile: AWSProfile?
        do throws(ProfileFileError) {
            profile = try settings.profiles().profiles[settings.profile]
        } catch {
            throw failure(.profileFile(error))
        }
        let endpoint: InstanceMetadataEndpoint
        do throws(InstanceMetadataEndpoint.Fault) {
            endpoint = try InstanceMetadataEndpoint(environment: environment, profile: profile)
        } catch {
            throw failure(.invalid(error.text))
        }
        let forbidsVersion1 =
            environment.setting("AWS_EC2_METADATA_V1_DISABLED").map { $0.lowercased() == "true" }
            ?? (profile?["ec2_metadata_v1_disabled"]?.lowercased() == "true")
        let seconds = environment.setting("AWS_METADATA_SERVICE_TIMEOUT").flatMap(Int.init) ?? 1
        let attempts = environment.setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS").flatMap(Int.init) ?? 1
        return Service(
            endpoint: endpoint, allowsVersion1: !forbidsVersion1, timeout: .seconds(min(max(seconds, 1), 60)),
            attempts: min(max(attempts, 1), 10))
    }

    /// The session token of version 2; nil when the instance speaks version 1 only.
    private func token(_ service: Service) async throws -> String? {
        let headers: HTTPHeaders = ["x-aws-ec2-metadata-token-ttl-seconds": "21600"]
        do {
            let response = try await send("PUT", "/latest/api/token", service, headers)
            let token = String(decoding: response.body, as: UTF8.self).trimmed
            guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw failure(.malformedAnswer("the metadata service gave no session token"))
            }
            return token
        } catch let refusal as Refusal {
            if service.allowsVersion1, refusal.suggestsVersion1 { return nil }
            throw failure(refusal.reason(at: service.endpoint.url))
        }
    }

    /// Nil when there is no such path.
    private func get(_ path: String, _ service: Service, _ token: String?) async throws -> String? {
        var headers: HTTPHeaders = [:]
        if let token { headers.add(name: "x-aws-ec2-metadata-token", value: token) }
        do {
            return String(decoding: try await send("GET", path, service, headers).body, as: UTF8.self)
        } catch let refusal as Refusal {
            if case .status(404, _) = refusal { return nil }
            throw failure(refusal.reason(at: service.endpoint.url))
        }
    }

    /// Why a question got no answer.
    private enum Refusal: Error {
        /// Nobody is there: this is no EC2 instance.
        case nobody
        /// Somebody is there but does not answer (a token whose answer cannot make the hop into a container).
        case silent
        case status(Int, AWSServiceError)

        var suggestsVersion1: Bool {
            switch self {
            case .nobody: false
            case .silent: true
            case .status(let status, _): [403, 404, 405].contains(status)
            }
        }

        func reason(at url: String) -> CredentialSourceError.Reason {
            switch self {
            case .nobody: .notConfigured("no metadata service at \(url): not an EC2 instance")
            case .silent: .unreachable("the metadata service at \(url) does not answer")
            case .status(_, let error): .service(error)
            }
        }
    }

    private func send(
        _ method: String, _ path: String, _ service: Service, _ headers: HTTPHeaders
    ) async throws -> HTTPResponse {
        var requests = CredentialRequests(world: world, source: name)
        requests.attempts = max(3, service.attempts)
        requests.attemptsWithoutAnswer = service.attempts
        let limits = HTTPLimits(
            connectTimeout: service.timeout, stallTime: service.timeout, deadline: service.timeout + service.timeout)
        let outcome = try await requests.exchange(
            service: "instance metadata", operation: "\(method) \(path)", error: { _ in (nil, nil, nil) }
        ) {
            HTTPRequest(
                method: method, url: service.endpoint.url + path, headers: headers, limits: limits, trust: world.trust,
                proxyBypass: true)
        }
        switch outcome {
        case .answer(let response): return response
        case .refusal(let answer): throw Refusal.status(answer.status, answer)
        case .silence(let problem):
            switch problem.code {
            case .timeout(.stalled), .timeout(.deadline): throw Refusal.silent
            default: throw Refusal.nobody
            }
        }
    }

    /// When the service cannot renew keys in time it hands out the old ones again; AWS honours them then. They are
    /// used on and asked for again in 17 to 25 minutes ("static stability").
    private func extended(_ credentials: AWSCredentials) -> AWSCredentials {
        guard let expiration = credentials.expiration, expiration - world.now() <= .seconds(600) else { return credentials }
        var credentials = credentials
        credentials.expiration = world.now() + .seconds(900 + 120 + Int64(world.random() * 480))
        return credentials
    }
}
