/// Finds the S3 endpoint for a bucket, by the rules that AWS publishes for all its SDKs.
///
/// The order of the checks is the published one, so that two mistakes at once are reported as the SDKs report them.
/// One deliberate difference: a region is checked before it becomes part of any host name, also where the published
/// rules forget to (path style).
public enum S3EndpointResolver {
    /// The endpoint for these parameters.
    /// - Throws: ``EndpointError`` when parameters contradict each other, or name what cannot be reached.
    public static func resolve(_ parameters: S3EndpointParameters) throws(EndpointError) -> ResolvedEndpoint {
        let region = try checkedRegion(parameters)
        let partition = AWSPartition.containing(region: region)
        if parameters.useFIPS, partition.name == "aws-cn" { throw .fipsUnavailable(partition: partition.name) }

        if let bucket = parameters.bucket, let feature = unsupportedFeature(ofBucket: bucket) {
            throw .unsupported(feature, bucket: bucket)
        }
        let custom = try customEndpoint(parameters)
        guard let bucket = parameters.bucket else {
            guard HostLabel.isValidWithSubdomains(region) else { throw .invalidRegion(region) }
            return Service(parameters, region, partition, custom).endpoint(bucketInHost: nil, bucketInPath: nil)
        }
        return try endpoint(forBucket: bucket, Service(parameters, region, partition, custom), parameters)
    }

    private static func checkedRegion(_ parameters: S3EndpointParameters) throws(EndpointError) -> String {
        guard let region = parameters.region, !region.isEmpty else { throw .regionMissing }
        let hasEndpoint = parameters.endpoint != nil
        if parameters.accelerate, parameters.useFIPS { throw .accelerateWithFIPS }
        if parameters.useDualStack, hasEndpoint { throw .customEndpointWithDualStack }
        if hasEndpoint, parameters.useFIPS { throw .customEndpointWithFIPS }
        if hasEndpoint, parameters.accelerate { throw .customEndpointWithAccelerate }
        return region
    }

    private static func customEndpoint(_ parameters: S3EndpointParameters) throws(EndpointError) -> EndpointURL? {
        guard let text = parameters.endpoint else { return nil }
        guard let url = EndpointURL(text) else { throw .invalidCustomEndpoint(text) }
        return url
    }

    private static func endpoint(
        forBucket bucket: String, _ service: Service, _ parameters: S3EndpointParameters
    ) throws(EndpointError) -> ResolvedEndpoint {
        let style = parameters.addressingStyle
        let hostless = service.custom.map { $0.isIPAddress || $0.isLoopback && style != .virtual } ?? false
        let plainHTTP = service.custom?.scheme == "http"

        // A wildcard certificate covers one label, so a bucket with dots can be in the host only without TLS.
        if style != .path, HostLabel.isVirtualHostableBucket(bucket, dots: plainHTTP) {
            guard HostLabel.isValid(service.region) else { throw .invalidRegion(service.region) }
            if parameters.accelerate, service.partition.name == "aws-cn" {
                throw .accelerateUnavailable(partition: service.partition.name)
            }
            return hostless
                ? service.endpoint(bucketInHost: nil, bucketInPath: bucket)
                : service.endpoint(bucketInHost: bucket, bucketInPath: nil)
        }
        if bucket.hasPrefix("arn:") {
            guard let arn = AmazonResourceName(bucket) else { throw .invalidARN(bucket, .malformed) }
            if style == .path { throw .pathStyleWithARN(bucket) }
            return try AccessPoint(arn, bucket, service, parameters).endpoint()
        }
        if parameters.accelerate { throw .accelerateWithPathStyle }
        guard HostLabel.isValid(service.region) else { throw .invalidRegion(service.region) }
        return service.endpoint(bucketInHost: nil, bucketInPath: bucket)
    }

    /// Bucket names whose last letters reserve them for another kind of S3.
    private static func unsupportedFeature(ofBucket bucket: String) -> EndpointError.Feature? {
        if bucket.hasSuffix("--x-s3") || bucket.hasSuffix("--xa-s3") { return .expressBucket }
        if bucket.hasSuffix("--op-s3") { return .outposts }
        return nil
    }
}
