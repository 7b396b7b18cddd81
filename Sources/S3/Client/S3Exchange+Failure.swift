internal import AWSEndpoints
internal import HTTPTransport

extension S3Exchange {
    /// An error about this operation, with everything that is known of its place.
    func failure(_ kind: S3Error.Kind, code: String, message: String, _ route: Route?) -> S3Error {
        var error = S3Error(
            kind, code: code, message: message, operation: request.operation, bucket: bucket, key: request.key, versionID: request.versionID)
        error.region = route?.endpoint.signingRegion
        error.host = route?.endpoint.url.authority
        return error
    }

    func error(for transport: TransportError, _ route: Route) -> S3Error {
        if case .sink(let thrown) = transport.code, let thrown = thrown as? S3Error { return thrown }
        let kind: S3Error.Kind = switch transport.code {
        case .timeout(.deadline): .deadline
        // No listing and no setting is as large as what is accepted of them.
        case .bodyTooLarge where request.operation != "GetObject": .unreadableAnswer
        case .bodyTooLarge, .invalidRequest, .headerInjection, .plaintextCredentials: .configuration
        default: .transport
        }
        var error = failure(kind, code: "Transport", message: "\(transport)", route)
        error.cause = transport
        return error
    }

    /// What an answer that says no means: by the XML error in it, else by its status.
    func error(for response: HTTPResponse, _ route: Route) -> S3Error {
        let told = (try? XMLElement.parse(response.body)).flatMap { $0.name == "Error" ? $0 : $0["Error"] }
        let isSuccess = (200..<300).contains(response.status)
        var code = told?.value("Code") ?? ""
        var message = (told?.value("Message")).map(Self.bounded) ?? ""
        let kind: S3Error.Kind
        if told == nil, !response.body.isEmpty {
            message = "the answer is not an S3 error" + (response.headers["content-type"].map { " but \(Self.bounded($0))" } ?? "")
        }
        if told == nil, isSuccess {
            kind = .unreadableAnswer
        } else {
            kind = S3Error.Kind(
                code: code, status: isSuccess ? 500 : response.status,
                isDeleteMarker: response.headers["x-amz-delete-marker"] == "true", hasVersion: request.versionID != nil,
                hasKey: request.key != nil)
        }
        if code.isEmpty { code = Self.word(for: response.status) }
        var error = failure(kind, code: Self.bounded(code), message: message, route)
        error.status = response.status
        error.requestID = (response.headers["x-amz-request-id"] ?? told?.value("RequestId")).map(Self.bounded)
        error.hostID = (response.headers["x-amz-id-2"] ?? told?.value("HostId")).map(Self.bounded)
        return error
    }

    /// Words from a server, cut to a length that fits an error.
    static func bounded(_ text: String) -> String {
        text.unicodeScalars.count <= 500 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(500))) + "…"
    }

    private static func word(for status: Int) -> String {
        switch status {
        case 301, 302, 307, 308: "Redirect"
        case 304: "NotModified"
        case 400: "BadRequest"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "NotFound"
        case 405: "MethodNotAllowed"
        case 409: "Conflict"
        case 412: "PreconditionFailed"
        case 416: "InvalidRange"
        case 429: "TooManyRequests"
        case 501: "NotImplemented"
        case 503: "ServiceUnavailable"
        case 200..<300: "ErrorInSuccess"
        case 500...599: "ServerError"
        default: "UnexpectedStatus"
        }
    }
}
