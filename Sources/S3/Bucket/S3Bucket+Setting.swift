extension S3Bucket {
    /// Reads one setting, and sorts the many ways in which servers say that there is none.
    /// - Parameter read: the value in the XML of the answer; nil when it says that nothing is set.
    /// - Throws: ``S3Error`` when the bucket is not there, or there was no answer at all.
    func setting<Value>(_ request: S3Request, read: @escaping @Sendable (XMLElement) -> Value?) async throws -> S3Setting<Value> {
        try await setting(request) { (answer) throws(S3Error) -> Value? in
            // Ceph answers 200 with nothing.
            answer.body.isEmpty ? nil : read(try answer.xml())
        }
    }

    func setting<Value>(
        _ request: S3Request, answer read: @escaping (S3Answer) throws(S3Error) -> Value?
    ) async throws -> S3Setting<Value> {
        do {
            let value = try await run(request) { answer throws(S3Error) in try read(answer) }
            return value.map { .set($0) } ?? .notSet
        } catch let error as S3Error {
            if error.code == "NoSuchBucket" || error.code == "NoSuchKey" || error.code == "NoSuchVersion" { throw error }
            switch error.kind {
            case .notConfigured: return .notSet
            case .accessDenied: return .notPermitted(error)
            // SeaweedFS takes some of these requests for CreateBucket and answers 409.
            case .notSupported, .conflict: return .notSupported
            case .transport, .deadline, .credentials, .configuration, .expiredCredentials, .invalidCredentials, .clockSkew, .wrongRegion: throw error
            default: return error.status == 404 ? .notSet : .unknown(error)
            }
        }
    }

    func settingRequest(_ operation: String, _ subresource: String) -> S3Request {
        var request = S3Request(operation)
        request.query = [(subresource, "")]
        return request
    }
}
