import AWSEndpoints
import Testing

struct S3EndpointTests {
    private func url(_ region: String, _ bucket: String?, endpoint: String? = nil, _ change: (inout S3EndpointParameters) -> Void = { _ in }) throws -> String {
        var parameters = S3EndpointParameters(region: region, bucket: bucket, endpoint: endpoint)
        change(&parameters)
        return try S3EndpointResolver.resolve(parameters).url.description
    }

    @Test(arguments: [
        ("eu-central-1", "https://states.s3.eu-central-1.amazonaws.com"),
        ("cn-northwest-1", "https://states.s3.cn-northwest-1.amazonaws.com.cn"),
        ("us-gov-west-1", "https://states.s3.us-gov-west-1.amazonaws.com"),
        ("eusc-de-east-1", "https://states.s3.eusc-de-east-1.amazonaws.eu"),
        ("us-iso-west-1", "https://states.s3.us-iso-west-1.c2s.ic.gov"),
        ("us-isob-east-1", "https://states.s3.us-isob-east-1.sc2s.sgov.gov"),
        ("eu-isoe-west-1", "https://states.s3.eu-isoe-west-1.cloud.adc-e.uk"),
        ("us-isof-south-1", "https://states.s3.us-isof-south-1.csp.hci.ic.gov"),
        ("us-isof-north-7", "https://states.s3.us-isof-north-7.csp.hci.ic.gov"),
        ("us-gov-middle-2", "https://states.s3.us-gov-middle-2.amazonaws.com"),
        ("mx-south-9", "https://states.s3.mx-south-9.amazonaws.com"),
        ("aws-global", "https://states.s3.amazonaws.com"),
    ])
    func hostsFollowThePartition(region: String, expected: String) throws {
        #expect(try url(region, "states") == expected)
    }

    @Test func dotsKeepABucketOutOfAnHTTPSHostButNotOutOfAnHTTPOne() throws {
        #expect(try url("us-east-1", "my.states") == "https://s3.us-east-1.amazonaws.com/my.states")
        #expect(try url("us-east-1", "my.states", endpoint: "http://minio.lan:9000") == "http://my.states.minio.lan:9000")
        #expect(try url("us-east-1", "my.states", endpoint: "http://127.0.0.1:9000") == "http://127.0.0.1:9000/my.states")
    }

    @Test func selfHostedServersOnLocalhostGetThePathStyleUnlessToldOtherwise() throws {
        #expect(try url("us-east-1", "states", endpoint: "http://localhost:8333/") == "http://localhost:8333/states")
        #expect(try url("us-east-1", "states", endpoint: "http://localhost:8333") { $0.addressingStyle = .virtual } == "http://states.localhost:8333")
        #expect(try url("us-east-1", "states", endpoint: "https://[::1]:8333/s3/") == "https://[::1]:8333/s3/states")
        #expect(try url("us-east-1", "states", endpoint: "https://s3.lan") { $0.addressingStyle = .path } == "https://s3.lan/states")
    }

    @Test(arguments: ["evil.com/#", "a/../b", "x@evil.com", "b?x", "b\r\nHost: evil", "-states", "Ünïcode"])
    func bucketNamesCannotLeaveTheirPlaceInTheURL(bucket: String) throws {
        let text = try url("us-east-1", bucket)
        #expect(text.hasPrefix("https://s3.us-east-1.amazonaws.com/"))
        #expect(!text.dropFirst(8).contains { "@?#\r\n".contains($0) })
        #expect(text.split(separator: "/").count == 3)
    }

    @Test(arguments: ["evil.com/", "us-east-1/x", "a b", "us-east-1\r\n", "-us", "us_east", "us-east-1.evil.com"])
    func regionsCannotLeaveTheirPlaceInTheHost(region: String) {
        #expect(throws: EndpointError.invalidRegion(region)) { try url(region, "states") }
        #expect(throws: EndpointError.invalidRegion(region)) { try url(region, "my.states") }
    }

    @Test(arguments: ["ftp://x", "http://", "x.lan", "http://user@x.lan", "http://x.lan?y", "http://x.lan/#y", "http://x.lan:0", "http://x.lan:99999", "http://x y", "http://[::1", "http://a\u{0}b"])
    func endpointsThatAreMoreOrLessThanAnAddressAreRefused(endpoint: String) {
        #expect(throws: EndpointError.invalidCustomEndpoint(endpoint)) { try url("us-east-1", "states", endpoint: endpoint) }
    }

    @Test func anAccessPointIsReachedInItsOwnRegion() throws {
        let bucket = "arn:aws:s3:eu-west-1:111122223333:accesspoint/states"
        var parameters = S3EndpointParameters(region: "us-east-1", bucket: bucket)
        let resolved = try S3EndpointResolver.resolve(parameters)
        #expect(resolved.url.description == "https://states-111122223333.s3-accesspoint.eu-west-1.amazonaws.com")
        #expect(resolved.signingRegion == "eu-west-1")
        parameters.useARNRegion = false
        #expect(throws: EndpointError.regionMismatch(bucket: bucket, configured: "us-east-1", named: "eu-west-1")) {
            try S3EndpointResolver.resolve(parameters)
        }
    }

    @Test(arguments: [
        ("states--use1-az4--x-s3", EndpointError.Feature.expressBucket),
        ("arn:aws:s3::111122223333:accesspoint/abc.mrap", .multiRegionAccessPoint),
        ("arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-1/accesspoint/a", .outposts),
        ("arn:aws:s3-object-lambda:us-east-1:111122223333:accesspoint/a", .objectLambda),
    ])
    func whatIsNotSupportedIsNamed(bucket: String, feature: EndpointError.Feature) {
        let error = #expect(throws: EndpointError.self) { try url("us-east-1", bucket) }
        #expect(error == .unsupported(feature, bucket: bucket))
        #expect(error?.description.contains(feature.rawValue) == true)
    }
}
