/// A request that passed every check and may be given to libcurl.
struct PreparedRequest {
    let request: HTTPRequest
    let location: URLLocation
    /// Whether credentials travel over `http://`.
    let carriesPlaintextCredentials: Bool
    /// `scheme://host:port`, the key of connection limits.
    var origin: String { location.origin }

    /// - Throws: ``TransportError`` with an `invalidRequest`, `headerInjection` or `plaintextCredentials` code.
    init(_ request: HTTPRequest, policy: PlaintextPolicy) throws {
        let location: URLLocation
        do {
            location = try URLLocation(request.url)
        } catch {
            // An URL that does not parse is not repeated: it may hold anything.
            throw TransportError(error.code, url: "(unreadable URL)", host: "(unreadable URL)")
        }
        func refuse(_ code: TransportError.Code) -> TransportError { TransportError(code, url: location.redacted, host: location.host) }
        guard !request.method.isEmpty else { throw refuse(.invalidRequest("the method is empty")) }
        guard request.method.utf8.allSatisfy(\.isHTTPTokenByte) else {
            throw refuse(request.method.utf8.contains { $0 < 0x20 } ? .headerInjection(part: "the method") : .invalidRequest("the method is no HTTP token"))
        }
        var carriesCredentials = location.isPresigned
        for field in request.headers {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(\.isHTTPTokenByte) else {
                throw refuse(field.name.utf8.contains { $0 < 0x20 } ? .headerInjection(part: "a header name") : .invalidRequest("a header name is no HTTP token"))
            }
            guard field.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
                throw refuse(.headerInjection(part: "the header \(field.name)"))
            }
            if field.isCredential { carriesCredentials = true }
            if field.name.equalsIgnoringASCIICase("transfer-encoding") {
                throw refuse(.invalidRequest("the transport chooses Transfer-Encoding"))
            }
            if field.name.equalsIgnoringASCIICase("content-length"), Int64(field.value) != request.body.length ?? 0 {
                throw refuse(.invalidRequest("Content-Length is not the length of the body"))
            }
        }
        if request.method == "HEAD", request.body.length != nil { throw refuse(.invalidRequest("HEAD takes no body")) }
        if case .stream(let length, _) = request.body, length < 0 { throw refuse(.invalidRequest("the body has a negative length")) }
        carriesPlaintextCredentials = carriesCredentials && !location.isTLS
        if carriesPlaintextCredentials, !location.isLoopback, (request.plaintextPolicy ?? policy) == .loopbackOnly {
            throw refuse(.plaintextCredentials)
        }
        self.request = request
        self.location = location
    }
}

extension UInt8 {
    /// A `tchar` of RFC 9110 5.6.2.
    var isHTTPTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: true
        default: false
        }
    }
}
