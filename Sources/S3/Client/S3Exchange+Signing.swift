internal import AWSEndpoints
internal import AWSIdentity
internal import HTTPTransport
internal import Timestamps

extension S3Exchange {
    /// Host, headers, time and signature for one attempt.
    func signed(_ prepare: (inout HTTPRequest) -> Void, _ remaining: Duration) async throws -> (HTTPRequest, Route) {
        let configuration = client.configuration
        let endpoint = try endpoint()
        var http = HTTPRequest(
            method: request.method, url: request.url(at: endpoint.url), headers: request.headers,
            body: request.body.isEmpty ? .none : .bytes(request.body), limits: configuration.limits, trust: configuration.trust,
            plaintextPolicy: configuration.plaintextPolicy)
        http.limits.deadline = min(http.limits.deadline ?? remaining, remaining)
        if !request.isBucketless {
            if let owner = configuration.expectedBucketOwner { http.headers["x-amz-expected-bucket-owner"] = owner }
            if configuration.requesterPays { http.headers["x-amz-request-payer"] = "requester" }
        }
        prepare(&http)

        let time = client.session.time(at: endpoint.url.authority, now: client.clock.now())
        guard let provider = client.credentials else { return (http, Route(endpoint: endpoint, credentials: nil, time: time)) }
        let credentials: AWSCredentials
        do {
            credentials = try await provider.credentials()
            try SigV4Signer.sign(
                &http, credentials: credentials, region: endpoint.signingRegion, service: endpoint.signingService, time: time,
                payload: request.payload, style: .s3)
        } catch let error as CancellationError {
            throw error
        } catch {
            var failure = failure(.credentials, code: "NoCredentials", message: "\(error)", nil)
            failure.cause = error
            throw failure
        }
        return (http, Route(endpoint: endpoint, credentials: credentials, time: time))
    }

    private func endpoint() throws(S3Error) -> ResolvedEndpoint {
        let configuration = client.configuration
        var parameters = S3EndpointParameters(
            region: client.session.region(of: bucket) ?? configuration.region, bucket: request.isBucketless ? nil : bucket,
            endpoint: configuration.endpoint)
        parameters.addressingStyle = configuration.addressingStyle
        parameters.useFIPS = configuration.useFIPS
        parameters.useDualStack = configuration.useDualStack
        parameters.accelerate = configuration.accelerate
        parameters.useARNRegion = configuration.useARNRegion
        parameters.allowsAccessPoints = request.allowsAccessPoints
        do throws(EndpointError) {
            return try client.session.endpoint(parameters)
        } catch {
            var failure = failure(.configuration, code: "NoEndpoint", message: error.description, nil)
            failure.cause = error
            throw failure
        }
    }
}
