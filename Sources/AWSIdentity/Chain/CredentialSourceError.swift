/// Why one source gave no credentials. Holds no secret: not the keys, not the token, not the answer of a server.
public struct CredentialSourceError: Error, Sendable, CustomStringConvertible {
    /// The source, as a person would name it: `environment`, `profile dev`, `instance metadata`.
    public var source: String
    public var reason: Reason

    public init(source: String, reason: Reason) {
        self.source = source
        self.reason = reason
    }

    public enum Reason: Sendable {
        /// Nothing speaks for this source: the chain goes on. The text says what was looked for.
        case notConfigured(String)
        /// Half of what the source needs is there; `missing` names the other half.
        case incomplete(missing: String)
        /// The config or credentials file cannot be understood.
        case profileFile(ProfileFileError)
        /// The profile does not lead to credentials.
        case profile(ProfileCredentialError)
        /// A file that the source needs (web identity token, container token, SSO token).
        case file(FileAccessError)
        /// A file or setting holds something that cannot be used. The text says what, without the value.
        case invalid(String)
        /// The endpoint may not be asked, or not over this scheme.
        case endpointRefused(String)
        /// No answer came.
        case unreachable(String)
        /// The service said no.
        case service(AWSServiceError)
        /// The answer holds no credentials; the text says what is wrong with it.
        case malformedAnswer(String)
        /// The SSO session has ended.
        case ssoExpired(login: String)
        /// The `credential_process` failed.
        case program(ProgramError)
        /// AWS offers it, tfguard does not.
        case unsupported(String)
    }

    /// True when the chain may ask the next source.
    public var isNotConfigured: Bool {
        if case .notConfigured = reason { true } else { false }
    }

    public var description: String { "\(source): \(reason)" }
}

extension CredentialSourceError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notConfigured(let what): what
        case .incomplete(let missing): "\(missing) is missing; set it, or remove its other half"
        case .profileFile(let error): "could not parse profile file: \(error)"
        case .profile(let error): error.description
        case .file(let error): error.description
        case .invalid(let what): what
        case .endpointRefused(let what): what
        case .unreachable(let what): what
        case .service(let error): error.description
        case .malformedAnswer(let what): what
        case .ssoExpired(let login): "the SSO session has ended; run `\(login)`"
        case .program(let error): error.description
        case .unsupported(let what): what
        }
    }
}

/// An error answer of STS, SSO or a metadata service.
public struct AWSServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `STS`, `SSO`, `SSO OIDC`, `container credentials`, `instance metadata`.
    public var service: String
    public var operation: String
    /// The HTTP status.
    public var status: Int
    /// The error code, e.g. `AccessDenied`; nil when the answer has none.
    public var code: String?
    public var message: String?
    public var requestID: String?

    public var description: String {
        var text = "\(service) \(operation) failed with \(code.map { "\($0) (HTTP \(status))" } ?? "HTTP \(status)")"
        if let message { text += ": \(message)" }
        if let requestID { text += " [request \(requestID)]" }
        return text
    }
}
