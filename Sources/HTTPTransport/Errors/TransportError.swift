/// A request that did not end in a complete response.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    public let code: Code
    /// The URL with its query left out, because a presigned one holds a signature.
    public let url: String
    /// Host name, with port where the URL has one.
    public let host: String
    /// libcurl's error number, nil when the request was refused before libcurl saw it.
    public let curlCode: Int?
    /// libcurl's own words, credentials and queries masked.
    public let curlMessage: String?

    init(_ code: Code, url: String, host: String, curlCode: Int? = nil, curlMessage: String? = nil) {
        self.code = code
        self.url = url
        self.host = host
        self.curlCode = curlCode
        self.curlMessage = curlMessage
    }

    /// Whether the same request may succeed when it is sent again. A request that changes something may have been carried
    /// out all the same when its answer was lost (`noAnswer`, `reset`, `truncated`, `timeout`): read back before repeating.
    public var isRetryable: Bool {
        switch code {
        case .resolve, .connect, .proxy, .timeout, .reset, .noAnswer, .truncated, .malformedResponse: true
        case .tls(let reason): reason == .handshake
        case .bodyTooLarge, .headerTooLarge, .invalidRequest, .headerInjection, .plaintextCredentials, .sink, .bodySource,
            .bodySourceLength, .shutDown, .library: false
        }
    }

    public var description: String {
        var text = "\(host): \(code)"
        if let curlCode {
            text += " (curl \(curlCode)"
            if let curlMessage { text += ": \(curlMessage)" }
            text += ")"
        }
        return text
    }
}
