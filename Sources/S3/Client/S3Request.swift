internal import AWSEndpoints
internal import AWSIdentity
internal import Cryptography
internal import HTTPTransport

/// One operation before it has a host, a time and a signature.
struct S3Request: Sendable {
    /// As AWS's API calls it.
    var operation: String
    var method = "GET"
    var key: String?
    var versionID: String?
    /// Without `versionId`, unencoded.
    var query: [(name: String, value: String)] = []
    var headers = HTTPHeaders()
    var body: [UInt8] = []
    /// The SHA-256 of the body when it is known already.
    var bodyDigest: SHA256Digest?
    /// Asked of the service, not of a bucket.
    var isBucketless = false
    var allowsAccessPoints = true
    /// 409 means that another write to the key was under way: writes are sent again.
    var repeatsConflicts = false

    init(_ operation: String, method: String = "GET", key: String? = nil, versionID: String? = nil) {
        (self.operation, self.method, self.key, self.versionID) = (operation, method, key, versionID)
    }

    /// Adds a query parameter unless there is no value.
    mutating func addQuery(_ name: String, _ value: String?) {
        if let value { query.append((name, value)) }
    }

    /// Path and query on top of the endpoint's: every byte of the key encoded once, nothing normalised, parameters in
    /// byte order as they are signed.
    func url(at endpoint: EndpointURL) -> String {
        var url = endpoint.description
        url += key.map { "/\(PercentEncoding.encodePath($0))" } ?? (endpoint.path.isEmpty ? "/" : "")
        var parameters = query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
        if let versionID { parameters.append(("versionId", PercentEncoding.encode(versionID))) }
        guard !parameters.isEmpty else { return url }
        parameters.sort { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }
        return url + "?" + parameters.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    var payload: PayloadHash { bodyDigest.map { body.isEmpty ? .empty : .digest($0) } ?? PayloadHash(of: body) }
}
