internal import AWSEndpoints
internal import AWSIdentity
internal import HTTPTransport

extension S3Exchange {
    /// The three things that can be put right by what an answer says, each tried once an operation, at once and
    /// without counting as a retry.
    struct Repairs {
        private var didRedirect = false
        private var didRefresh = false
        private var didSetClock = false

        /// Whether the request should be sent again, because now it may pass.
        mutating func attempt(
            _ exchange: S3Exchange, _ response: HTTPResponse, _ error: S3Error, _ route: Route
        ) async throws -> Bool {
            if !didRedirect, exchange.namesAnotherRegion(response, error), let region = try await exchange.regionAfter(response, route) {
                didRedirect = true
                exchange.client.session.remember(region: region, of: exchange.bucket)
                return true
            }
            // HEAD has no body to name the cause: a refusal with a clock far from ours is taken for it.
            let isMute = exchange.request.method == "HEAD" && response.body.isEmpty && [400, 403].contains(response.status)
            if !didSetClock, let date = response.headers["date"],
                exchange.client.session.learnClock(
                    of: route.endpoint.url.authority, code: isMute ? "RequestTimeTooSkewed" : error.code, date: date,
                    now: exchange.client.clock.now())
            {
                didSetClock = true
                return true
            }
            if !didRefresh, error.kind == .expiredCredentials, let credentials = route.credentials, let provider = exchange.client.credentials {
                didRefresh = true
                await provider.invalidate(credentials)
                return true
            }
            return false
        }
    }

    /// Whether the answer means "not this region" (the rules of AWS's SDKs).
    private func namesAnotherRegion(_ response: HTTPResponse, _ error: S3Error) -> Bool {
        guard !bucket.hasPrefix("arn:"), !request.isBucketless else { return false }
        if [301, 302, 307].contains(response.status) { return true }
        if request.method == "HEAD", response.status == 400, response.body.isEmpty { return true }
        return ["PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"].contains(error.code)
    }

    /// The region that the answer names: its header, its body, else a HEAD of the bucket. Nil when none is named, or it
    /// is the one that was tried, or it is in another partition: credentials never go where a server's words lead.
    private func regionAfter(_ response: HTTPResponse, _ route: Route) async throws -> String? {
        let inBody = (try? XMLElement.parse(response.body))?.value("Region")
        var named = response.headers["x-amz-bucket-region"] ?? inBody
        if named == nil, request.operation != "HeadBucket" {
            named = try await S3Exchange(client: client, bucket: bucket, request: S3Request("HeadBucket", method: "HEAD")).regionHeader()
        }
        let tried = route.endpoint.signingRegion
        guard let named, named != tried, HostLabel.isRegion(named),
            AWSPartition.containing(region: named) == AWSPartition.containing(region: tried)
        else { return nil }
        return named
    }

    /// `x-amz-bucket-region` of whatever HEAD of the bucket answers: also a refusal carries it.
    func regionHeader() async throws -> String? {
        let (http, _) = try await signed({ _ in }, client.configuration.objectDeadline)
        do {
            return try await client.http.send(http).headers["x-amz-bucket-region"]
        } catch is TransportError {
            return nil
        }
    }
}
