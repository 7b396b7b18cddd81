import AWSEndpoints
import Testing

/// Replays the endpoint cases that AWS publishes for S3 (`s3-endpoint-tests-1.json`). Without
/// `$TFGUARD_SHARED` (default `../shared`) the suite is skipped; S3EndpointTests then still guards the rules.
@Suite(.enabled(if: SharedFixtures.arePresent, "no ../shared/fixtures/aws/endpoints: set TFGUARD_SHARED"))
struct PublishedS3EndpointTests {
    @Test func everyPublishedCaseHoldsOrIsADeliberateException() throws {
        let cases = try #require(try SharedFixtures.json("s3-endpoint-tests-1.json")["testCases"] as? [[String: Any]])
        #expect(cases.count == 393)
        var exceptions: [EndpointError.Feature: Int] = [:]
        for (index, published) in cases.enumerated() {
            let parameters = try #require(published["params"] as? [String: Any])
            let expected = try #require(published["expect"] as? [String: Any])
            let name = "\(index): \(published["documentation"] as? String ?? "")"
            if let feature = deliberateException(parameters) {
                exceptions[feature, default: 0] += 1
                guard let bucket = parameters["Bucket"] as? String else { continue }  // endpoints of operations we do not have
                let error = #expect(throws: EndpointError.self, "\(name)") { try resolve(parameters) }
                #expect(error == .unsupported(feature, bucket: bucket) || expected["error"] != nil, "\(name)")
                continue
            }
            if let words = expected["error"] as? String {
                let error = #expect(throws: EndpointError.self, "\(name)") { try resolve(parameters) }
                #expect(error.map(kind) == kind(ofPublished: words), "\(name): \(words)")
            } else {
                let endpoint = try #require(expected["endpoint"] as? [String: Any])
                let properties = endpoint["properties"] as? [String: Any]
                let scheme = try #require((properties?["authSchemes"] as? [[String: Any]])?.first, "\(name)")
                let resolved = try resolve(parameters)
                #expect(resolved.url.description == endpoint["url"] as? String, "\(name)")
                #expect(resolved.signingRegion == scheme["signingRegion"] as? String, "\(name)")
                #expect(resolved.signingService == scheme["signingName"] as? String, "\(name)")
                #expect(scheme["name"] as? String == "sigv4", "\(name)")
            }
        }
        // The whole list of what is deliberately not supported: directory buckets and their control endpoint,
        // Outposts buckets and access points, Object Lambda, multi-region access points.
        #expect(exceptions == [.expressBucket: 117, .outposts: 32, .objectLambda: 35, .multiRegionAccessPoint: 7])
    }

    /// The feature that takes a case out of what this client does, told from the request alone.
    private func deliberateException(_ parameters: [String: Any]) -> EndpointError.Feature? {
        let bucket = parameters["Bucket"] as? String ?? ""
        if parameters["UseS3ExpressControlEndpoint"] as? Bool == true { return .expressBucket }
        if bucket.hasSuffix("--x-s3") || bucket.hasSuffix("--xa-s3") { return .expressBucket }
        if parameters["UseObjectLambdaEndpoint"] as? Bool == true || bucket.contains(":s3-object-lambda:") { return .objectLambda }
        if bucket.hasSuffix("--op-s3") || bucket.contains(":s3-outposts:"), parameters["ForcePathStyle"] as? Bool != true { return .outposts }
        if bucket.contains(":s3::"), parameters["ForcePathStyle"] as? Bool != true { return .multiRegionAccessPoint }
        return nil
    }

    private func resolve(_ published: [String: Any]) throws(EndpointError) -> ResolvedEndpoint {
        func flag(_ name: String) -> Bool { published[name] as? Bool ?? false }
        var parameters = S3EndpointParameters(
            region: published["Region"] as? String, bucket: published["Bucket"] as? String, endpoint: published["Endpoint"] as? String)
        parameters.useFIPS = flag("UseFIPS")
        parameters.useDualStack = flag("UseDualStack")
        parameters.addressingStyle = flag("ForcePathStyle") ? .path : .automatic
        parameters.accelerate = flag("Accelerate")
        parameters.useGlobalEndpoint = flag("UseGlobalEndpoint")
        parameters.useARNRegion = published["UseArnRegion"] as? Bool
        parameters.allowsAccessPoints = !flag("DisableAccessPoints")
        return try S3EndpointResolver.resolve(parameters)
    }

    /// Our errors and the published words (told apart by what is particular to each) meet in one vocabulary.
    private func kind(_ error: EndpointError) -> String {
        switch error {
        case .regionMissing: "region missing"
        case .invalidRegion: "region"
        case .invalidCustomEndpoint: "endpoint"
        case .customEndpointWithDualStack: "endpoint and dual-stack"
        case .customEndpointWithFIPS: "endpoint and FIPS"
        case .customEndpointWithAccelerate: "endpoint and accelerate"
        case .accelerateWithFIPS: "accelerate and FIPS"
        case .accelerateWithPathStyle: "accelerate and path style"
        case .accelerateWithAccessPoint: "accelerate and access point"
        case .accelerateUnavailable: "accelerate here"
        case .fipsUnavailable: "FIPS here"
        case .pathStyleWithARN: "path style and ARN"
        case .accessPointNotAllowed: "access point here"
        case .partitionMismatch: "partition"
        case .regionMismatch: "ARN region"
        case .unsupported(let feature, _): "\(feature)"
        case .invalidARN(_, let fault):
            switch fault {
            case .malformed: "ARN"
            case .typeMissing: "ARN type missing"
            case .unknownType: "ARN type"
            case .wrongService: "ARN service"
            case .nameMissing: "ARN name missing"
            case .tooManyParts: "ARN parts"
            case .invalidName: "ARN name"
            case .invalidAccount: "ARN account"
            case .invalidRegion: "ARN region name"
            }
        }
    }

    private func kind(ofPublished words: String) -> String? {
        let signs = [
            ("region must be set", "region missing"), ("region was not a valid DNS", "region"), ("not a valid URI", "endpoint"),
            ("dual-stack in combination", "endpoint and dual-stack"), ("cannot be combined with FIPS", "endpoint and FIPS"),
            ("cannot be combined with S3 Accelerate", "endpoint and accelerate"), ("Accelerate cannot be used with FIPS", "accelerate and FIPS"),
            ("cannot be used with S3 Accelerate", "accelerate and path style"), ("Points do not support S3 Accelerate", "accelerate and access point"),
            ("Accelerate cannot be used in this region", "accelerate here"), ("does not support FIPS", "FIPS here"),
            ("cannot be used with ARN buckets", "path style and ARN"), ("not supported for this operation", "access point here"),
            ("was configured for partition", "partition"), ("does not match client region", "ARN region"), ("was not a valid ARN", "ARN"),
            ("No ARN type", "ARN type missing"), ("Unrecognized format", "ARN type"), ("not for the S3 service", "ARN service"),
            ("no name was provided", "ARN name missing"), ("single resource component", "ARN parts"), ("access point name may only", "ARN name"),
            ("account id may only", "ARN account"), ("Invalid region in ARN", "ARN region name"),
        ]
        return signs.first { words.contains($0.0) }?.1
    }
}
