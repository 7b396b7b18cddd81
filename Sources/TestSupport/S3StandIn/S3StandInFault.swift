extension S3StandIn {
    /// What goes wrong with a request. Those of the first group replace the operation, the others spoil its answer.
    public enum Fault: Sendable {
        /// 503 SlowDown.
        case slowDown
        /// 500 InternalError.
        case internalError
        /// An HTML page of a proxy with this status.
        case htmlPage(Int)
        /// 403 AccessDenied.
        case accessDenied
        /// 400 ExpiredToken.
        case expiredToken
        /// 403 RequestTimeTooSkewed, with this server time (seconds since 1970) in `Date` and body.
        case requestTimeTooSkewed(serverTime: Int64)
        /// 301 PermanentRedirect with `x-amz-bucket-region` and a `Location` that must not be followed.
        case redirect(region: String)
        /// Any S3 error.
        case error(status: Int, code: String, message: String = "injected")
        /// 200 with an `<Error>` document.
        case errorIn200(code: String)
        /// Any answer.
        case answer(ScriptedResponse)

        /// The operation is done, then this happens on the wire: a reset without an answer loses the answer of a PUT.
        case wire(ScriptedResponse.Fault)
        /// The body is cut and its `Content-Length` agrees.
        case cut(to: Int)
        /// `Content-Length` announces this, then the connection closes.
        case claimLength(Int)
        /// One bit of this byte of the body is wrong.
        case flipByte(at: Int)
        /// A 200 without a byte.
        case emptyBody
        /// A header has this value, or is missing when nil. For a wrong `x-amz-version-id` or `ETag`.
        case header(String, String?)
        /// Any change of the true answer.
        case change(@Sendable (ScriptedResponse) -> ScriptedResponse)
    }
}

/// A fault and whom it strikes.
struct InjectedFault {
    let fault: S3StandIn.Fault
    var left: Int
    let condition: @Sendable (S3StandIn.Request) -> Bool
}

extension S3StandIn.Fault {
    /// The answer that replaces the operation, nil for a fault that spoils the true answer.
    func replacement(for request: S3StandIn.Request) -> ScriptedResponse? {
        func error(_ status: Int, _ code: String, _ message: String) -> ScriptedResponse { S3ErrorAnswer(status, code, message).response(to: request) }
        switch self {
        case .slowDown: return error(503, "SlowDown", "Please reduce your request rate.")
        case .internalError: return error(500, "InternalError", "We encountered an internal error. Please try again.")
        case .htmlPage(let status): return .text(status, "<html><body><h1>\(status) Bad Gateway</h1></body></html>", headers: [("Content-Type", "text/html")])
        case .accessDenied: return error(403, "AccessDenied", "Access Denied")
        case .expiredToken: return error(400, "ExpiredToken", "The provided token has expired.")
        case .requestTimeTooSkewed(let time): return S3ErrorAnswer.timeTooSkewed(serverTime: time).response(to: request)
        case .redirect(let region): return S3ErrorAnswer.redirect(region: region).response(to: request)
        case .error(let status, let code, let message): return error(status, code, message)
        case .errorIn200(let code):
            var response = error(500, code, "injected")
            response.status = 200
            return response
        case .answer(let response): return response
        case .wire, .cut, .claimLength, .flipByte, .emptyBody, .header, .change: return nil
        }
    }

    /// Spoils the true answer.
    func spoil(_ response: inout ScriptedResponse) {
        switch self {
        case .wire(let fault): response.faults.append(fault)
        case .cut(let length): response.body = Array(response.body.prefix(length))
        case .claimLength(let length):
            response.framing = .claimedLength(length)
            response.closesConnection = true
        case .flipByte(let place): if response.body.indices.contains(place) { response.body[place] ^= 1 }
        case .emptyBody: response.body = []
        case .header(let name, let value):
            response.headers.removeAll { $0.name.lowercased() == name.lowercased() }
            if let value { response.headers.append((name, value)) }
        case .change(let change): response = change(response)
        case .slowDown, .internalError, .htmlPage, .accessDenied, .expiredToken, .requestTimeTooSkewed, .redirect, .error, .errorIn200, .answer: break
        }
    }
}
