/// Why no endpoint could be made from what was configured. Nothing is ever sent when this is thrown.
public enum EndpointError: Error, Hashable, Sendable {
    /// S3 features that this client does not speak.
    public enum Feature: String, Hashable, Sendable, CaseIterable {
        /// Multi-region access points must be signed with SigV4A (ECDSA).
        case multiRegionAccessPoint = "a multi-region access point"
        /// Directory buckets (`--x-s3`, `--xa-s3`) have sessions of their own and no versions.
        case expressBucket = "an S3 Express directory bucket"
        /// Outposts buckets must be signed with SigV4A.
        case outposts = "S3 on Outposts"
        /// Object Lambda access points answer with transformed objects: a backup of them is not the state.
        case objectLambda = "an S3 Object Lambda access point"
    }

    /// Which part of an access point ARN is wrong.
    public enum ARNFault: Hashable, Sendable {
        case malformed, typeMissing, unknownType(String), wrongService(String), nameMissing, tooManyParts
        case invalidName(String), invalidAccount(String), invalidRegion(String)
    }

    case regionMissing
    case invalidRegion(String)
    case invalidCustomEndpoint(String)
    case customEndpointWithDualStack
    case customEndpointWithFIPS
    case customEndpointWithAccelerate
    case accelerateWithFIPS
    case accelerateWithPathStyle
    case accelerateWithAccessPoint
    case accelerateUnavailable(partition: String)
    case fipsUnavailable(partition: String)
    case pathStyleWithARN(String)
    case accessPointNotAllowed(String)
    case invalidARN(String, ARNFault)
    case partitionMismatch(bucket: String, configured: String, named: String)
    case regionMismatch(bucket: String, configured: String, named: String)
    case unsupported(Feature, bucket: String)
}

extension EndpointError: CustomStringConvertible {
    /// What is wrong, with the value that is, and what to change.
    public var description: String {
        switch self {
        case .regionMissing:
            "no region is set: give --region, AWS_REGION or `region` in the profile or site"
        case .invalidRegion(let region):
            "`\(region)` cannot be a region: it must be letters, digits and hyphens, such as eu-central-1"
        case .invalidCustomEndpoint(let text):
            "the endpoint `\(text)` is not an http or https URL of scheme, host, port and path only"
        case .customEndpointWithDualStack:
            "a custom endpoint cannot be combined with dual-stack: name the dual-stack host in the endpoint, or drop one of them"
        case .customEndpointWithFIPS:
            "a custom endpoint cannot be combined with FIPS: name the FIPS host in the endpoint, or drop one of them"
        case .customEndpointWithAccelerate:
            "a custom endpoint cannot be combined with S3 Transfer Acceleration"
        case .accelerateWithFIPS:
            "S3 Transfer Acceleration has no FIPS endpoints"
        case .accelerateWithPathStyle:
            "S3 Transfer Acceleration needs virtual-host addressing: turn path style off, and the bucket name must be a DNS label"
        case .accelerateWithAccessPoint:
            "access points cannot be used with S3 Transfer Acceleration"
        case .accelerateUnavailable(let partition):
            "S3 Transfer Acceleration does not exist in partition \(partition)"
        case .fipsUnavailable(let partition):
            "S3 has no FIPS endpoints in partition \(partition)"
        case .pathStyleWithARN(let bucket):
            "path-style addressing cannot reach \(bucket): turn path style off for access points"
        case .accessPointNotAllowed(let bucket):
            "this operation needs a bucket name, not the access point \(bucket)"
        case .invalidARN(let bucket, let fault):
            "`\(bucket)` is no ARN that can stand for a bucket: \(fault)"
        case .partitionMismatch(let bucket, let configured, let named):
            "`\(bucket)` belongs to partition \(named), but the configured region is in \(configured)"
        case .regionMismatch(let bucket, let configured, let named):
            "`\(bucket)` is in \(named), but the configured region is \(configured) and use_arn_region is off"
        case .unsupported(let feature, let bucket):
            "`\(bucket)` is \(feature.rawValue), which tfguard does not support: use a general purpose bucket or a single-region access point"
        }
    }
}

extension EndpointError.ARNFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "it has not the six fields arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE"
        case .typeMissing: "it names no resource type"
        case .unknownType(let type): "its resource type is `\(type)`, not `accesspoint`"
        case .wrongService(let service): "its service is `\(service)`, not `s3`"
        case .nameMissing: "the name of the access point is missing"
        case .tooManyParts: "something follows the name of the access point"
        case .invalidName(let name): "the access point name `\(name)` may hold only letters, digits and hyphens"
        case .invalidAccount(let account): "the account id `\(account)` may hold only letters, digits and hyphens"
        case .invalidRegion(let region): "the region `\(region)` is no DNS name"
        }
    }
}
