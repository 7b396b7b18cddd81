extension TransportError {
    /// What went wrong.
    public enum Code: Sendable {
        /// The host name has no address.
        case resolve
        /// No TCP connection to the host.
        case connect
        /// The proxy could not be resolved or refused the connection.
        case proxy
        case timeout(Timeout)
        case tls(TLSFailure)
        /// The connection broke after `received` bytes of the body.
        case reset(received: Int64)
        /// The server closed the connection without a byte of an answer.
        case noAnswer
        /// The body ended early. `expected` is nil when the server announced no length (chunked).
        case truncated(expected: Int64?, got: Int64)
        /// What came is no HTTP response.
        case malformedResponse
        case bodyTooLarge(limit: Int)
        case headerTooLarge(limit: Int)
        /// The request cannot be sent as HTTP; the text says which part.
        case invalidRequest(String)
        /// A control character (CR, LF, NUL …) stands in this part of the request.
        case headerInjection(part: String)
        /// Credentials would have travelled over `http://`. See ``PlaintextPolicy``.
        case plaintextCredentials
        /// The receiver of the response threw this.
        case sink(any Error)
        /// The source of the request body threw this.
        case bodySource(any Error)
        /// The source of the request body gave another number of bytes than announced.
        case bodySourceLength(expected: Int64, got: Int64)
        /// The client was shut down.
        case shutDown
        /// libcurl failed in a way that none of the other cases describes.
        case library
    }

    /// Which of the limits of ``HTTPLimits`` was passed.
    public enum Timeout: Sendable, Hashable {
        case connect, stalled, deadline
        /// The source of the request body gave nothing during the stall time.
        case bodySource
    }

    /// Why there is no trusted connection.
    public enum TLSFailure: Sendable, Hashable {
        /// The certificate is not signed by a trusted authority, has expired, or is for another host.
        case certificate
        /// The handshake failed: no common protocol version or cipher, or the connection broke.
        case handshake
        /// The certificate authorities of ``TLSTrust`` cannot be loaded.
        case trustUnreadable
    }
}

extension TransportError.Code: CustomStringConvertible {
    public var description: String {
        switch self {
        case .resolve: "the host name could not be resolved"
        case .connect: "no connection"
        case .proxy: "the proxy could not be used"
        case .timeout(.connect): "no connection within the connect timeout"
        case .timeout(.stalled): "the transfer stalled"
        case .timeout(.deadline): "the transfer took longer than its deadline"
        case .timeout(.bodySource): "the source of the request body stalled"
        case .tls(.certificate): "the server's certificate is not trusted; name your authority with AWS_CA_BUNDLE if it is a private one"
        case .tls(.handshake): "the TLS handshake failed"
        case .tls(.trustUnreadable): "the certificate authorities could not be loaded"
        case .reset(let received): "the connection broke after \(received) bytes of the body"
        case .noAnswer: "the server closed the connection without an answer"
        case .truncated(let expected?, let got): "the body ended after \(got) of \(expected) bytes"
        case .truncated(nil, let got): "the body ended early, after \(got) bytes"
        case .malformedResponse: "the answer is not HTTP"
        case .bodyTooLarge(let limit): "the body is larger than the limit of \(limit) bytes"
        case .headerTooLarge(let limit): "the response head is larger than the limit of \(limit) bytes"
        case .invalidRequest(let reason): "the request cannot be sent: \(reason)"
        case .headerInjection(let part): "the request was not sent: \(part) contains a control character"
        case .plaintextCredentials: "credentials are not sent over http:// beyond this machine; use https:// or allow plaintext explicitly"
        case .sink(let error): "the body could not be taken: \(error)"
        case .bodySource(let error): "the request body could not be read: \(error)"
        case .bodySourceLength(let expected, let got): "the request body has \(got) bytes where \(expected) were announced"
        case .shutDown: "the client was shut down"
        case .library: "libcurl failed"
        }
    }
}
