import AWSEndpoints
import Testing

struct ServiceEndpointTests {
    @Test(arguments: [
        (AWSService.sts, "eu-west-3", false, false, "https://sts.eu-west-3.amazonaws.com", "eu-west-3"),
        (.sts, "aws-global", false, false, "https://sts.amazonaws.com", "us-east-1"),
        (.sts, "us-east-2", true, false, "https://sts-fips.us-east-2.amazonaws.com", "us-east-2"),
        (.sts, "us-gov-west-1", true, false, "https://sts.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        (.sts, "us-east-2", false, true, "https://sts.us-east-2.api.aws", "us-east-2"),
        (.sts, "cn-north-1", false, false, "https://sts.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        (.sso, "eu-west-3", false, false, "https://portal.sso.eu-west-3.amazonaws.com", "eu-west-3"),
        (.ssoOIDC, "eu-west-3", false, false, "https://oidc.eu-west-3.amazonaws.com", "eu-west-3"),
        (.kms, "ca-west-1", true, false, "https://kms-fips.ca-west-1.amazonaws.com", "ca-west-1"),
        (.iam, "eu-central-1", false, false, "https://iam.amazonaws.com", "us-east-1"),
        (.iam, "eu-central-1", true, true, "https://iam-fips.global.api.aws", "us-east-1"),
        (.iam, "cn-northwest-1", false, false, "https://iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        (.iam, "cn-north-1", true, false, "https://iam-fips.amazonaws.com.cn", "cn-north-1"),
        (.iam, "cn-north-1", false, true, "https://iam.global.api.amazonwebservices.com.cn", "cn-north-1"),
        (.iam, "us-gov-east-1", true, false, "https://iam.us-gov.amazonaws.com", "us-gov-west-1"),
        (.iam, "us-isob-east-1", true, false, "https://iam-fips.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
        (.iam, "eusc-de-east-1", false, true, "https://iam.global.api.amazonwebservices.eu", "eusc-de-east-1"),
        (.dynamodb, "us-isob-east-1", false, false, "https://dynamodb.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
    ])
    func hostsAreThoseOfTheService(service: AWSService, region: String, fips: Bool, dual: Bool, url: String, signing: String) throws {
        let resolved = try ServiceEndpoint.resolve(service, region: region, useFIPS: fips, useDualStack: dual)
        #expect(resolved.url.description == url)
        #expect(resolved.signingRegion == signing)
    }

    @Test func aRegionFromOutsideCannotNameAnotherHost() {
        #expect(throws: EndpointError.invalidRegion("evil.com/#")) { try ServiceEndpoint.resolve(.sts, region: "evil.com/#") }
        #expect(throws: EndpointError.invalidRegion("123")) { try ServiceEndpoint.resolve(.sts, region: "123") }
        #expect(throws: EndpointError.regionMissing) { try ServiceEndpoint.resolve(.kms, region: "") }
    }
}
