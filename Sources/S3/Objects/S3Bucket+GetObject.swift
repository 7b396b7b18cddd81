internal import HTTPTransport

extension S3Bucket {
    /// Reads an object, or one version of it, and proves that the bytes are the object's
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
    ///
    /// A body that breaks off is continued from its last byte, of the same version and ETag. A body that contradicts its
    /// checksums, its ETag, its version or what is expected is fetched again, and if it does so to the end thrown as
    /// `damagedBody`, never returned.
    /// - Parameters:
    ///   - versionID: nil for the current version; `null` for the one made without versioning.
    ///   - range: a part of it; then only lengths can be verified.
    ///   - expecting: what the listing said.
    ///   - collector: gathers the body.
    /// - Throws: ``S3Error``.
    public func getObject<Collector: ObjectBodyCollector & ~Copyable>(
        key: String, versionID: String? = nil, range: S3ByteRange? = nil, expecting: S3Expectation = S3Expectation(),
        into collector: Collector.Type
    ) async throws -> S3Object<Collector.Body> {
        var request = S3Request("GetObject", key: key, versionID: versionID)
        if range == nil { request.headers["x-amz-checksum-mode"] = "ENABLED" }
        client.configuration.customerKey?.addHeaders(to: &request.headers)
        let exchange = S3Exchange(client: client, bucket: name, request: request)
        let sink = BodySink<Collector>(limit: client.configuration.limits.maxBodyBytes)
        return try await exchange.repeating(prepare: { http in
            if let (rest, etag) = sink.continuation {
                http.headers["range"] = rest.header
                http.headers["if-match"] = etag
            } else {
                sink.reset()
                if let range { http.headers["range"] = range.header }
            }
        }, progress: { sink.count }) { http, route in
            let head: HTTPResponseHead
            do {
                head = try await client.http.send(http, into: sink)
            } catch let error as TransportError {
                guard case .sink(let thrown) = error.code, let mismatch = thrown as? BodySink<Collector>.Mismatch else { throw error }
                sink.reset()
                return .failed(exchange.damaged(mismatch.message, route))
            }
            guard (200..<300).contains(head.status) else {
                // The object changed while it was read without a version: what is there belongs to the old one.
                if head.status == 412 || head.status == 416 { sink.reset() }
                let isContinuation = http.headers.contains("if-match")
                // 416: the server had announced more than the object has.
                if isContinuation, head.status == 412 || head.status == 416 { return .failed(exchange.damaged("the object changed while it was read", route)) }
                return .refused(HTTPResponse(status: head.status, headers: head.headers, body: sink.refusal))
            }
            return exchange.verified(sink, range: range, expecting: expecting, route)
        }
    }

    /// The same, with the body as an array.
    public func getObject(
        key: String, versionID: String? = nil, range: S3ByteRange? = nil, expecting: S3Expectation = S3Expectation()
    ) async throws -> S3Object<[UInt8]> {
        try await getObject(key: key, versionID: versionID, range: range, expecting: expecting, into: ByteArrayCollector.self)
    }

    /// Reads a listed version, held against what the listing said of it.
    public func getObject<Collector: ObjectBodyCollector & ~Copyable>(
        _ version: S3ObjectVersion, into collector: Collector.Type
    ) async throws -> S3Object<Collector.Body> {
        try await getObject(key: version.key, versionID: version.versionID, expecting: version.expectation, into: collector)
    }
}

extension S3Exchange {
    func damaged(_ message: String, _ route: Route?) -> S3Error {
        failure(.damagedBody, code: "DamagedBody", message: message, route)
    }

    /// The verdict on a body that came to its end.
    func verified<Collector: ObjectBodyCollector & ~Copyable>(
        _ sink: BodySink<Collector>, range: S3ByteRange?, expecting: S3Expectation, _ route: Route
    ) -> Verdict<S3Object<Collector.Body>> {
        guard let (response, body) = sink.finish() else { return .failed(damaged("the answer has no body", route)) }
        let head = S3ObjectHead(response.headers)
        if let complaint = identityComplaint(head, expecting) { return .failed(damaged(complaint, route)) }
        let isPartial = range != nil && response.status == 206
        let announced = isPartial
            ? response.headers["content-range"].flatMap { ContentRange($0) }.map { $0.last - $0.first + 1 } : response.contentLength
        let verification = BodyVerification(headers: response.headers, head: head, expectation: expecting, isPartial: isPartial)
        let outcome = body.withBodyBytes { bytes -> BodyVerification.Outcome in
            if let announced, announced != Int64(bytes.count) { return .damaged("\(bytes.count) bytes came of \(announced)") }
            return verification.judge(bytes)
        }
        switch outcome {
        case .damaged(let complaint): return .failed(damaged(complaint, route))
        case .good(let sha256, let evidence):
            return .done(S3Object(head: head, bytes: body, sha256: sha256, evidence: evidence))
        }
    }

    /// What shows that an answer is about another object than the one asked for.
    func identityComplaint(_ head: S3ObjectHead, _ expecting: S3Expectation) -> String? {
        if head.etag.isEmpty, head.lastModified == nil { return "the answer has neither ETag nor Last-Modified: it is no object of S3" }
        if let asked = request.versionID, let given = head.versionID, given != asked {
            return "version \(Self.bounded(given)) came instead of the one asked for"
        }
        if let expected = expecting.etag, !head.etag.isEmpty, head.etag != expected { return "the ETag is not the one in the listing" }
        return nil
    }
}
