/// Endpoints of the services that have one host a region (STS, SSO, OIDC, KMS, DynamoDB), or one a partition (IAM).
public enum ServiceEndpoint {
    /// The endpoint of a service in a region.
    /// - Parameter endpoint: a server of one's own choice instead.
    /// - Throws: ``EndpointError`` when the region cannot be part of a host name, or the endpoint is no URL.
    public static func resolve(
        _ service: AWSService, region: String?, endpoint: String? = nil, useFIPS: Bool = false, useDualStack: Bool = false
    ) throws(EndpointError) -> ResolvedEndpoint {
        if service == .s3 {
            var parameters = S3EndpointParameters(region: region, endpoint: endpoint)
            (parameters.useFIPS, parameters.useDualStack) = (useFIPS, useDualStack)
            return try S3EndpointResolver.resolve(parameters)
        }
        guard let region, !region.isEmpty else { throw .regionMissing }
        guard HostLabel.isRegion(region) else { throw .invalidRegion(region) }
        if let endpoint {
            if useFIPS { throw .customEndpointWithFIPS }
            if useDualStack { throw .customEndpointWithDualStack }
            guard let url = EndpointURL(endpoint) else { throw .invalidCustomEndpoint(endpoint) }
            return ResolvedEndpoint(url: url, signingRegion: region, signingService: service.signingName)
        }
        let partition = AWSPartition.containing(region: region)
        if service == .iam {
            let (host, signingRegion) = partition.identityHost(fips: useFIPS, dualStack: useDualStack)
            return ResolvedEndpoint(url: EndpointURL(scheme: "https", host: host, port: nil, path: ""), signingRegion: signingRegion, signingService: service.signingName)
        }
        if service == .sts, region == "aws-global", !useFIPS, !useDualStack {
            let url = EndpointURL(scheme: "https", host: "sts.\(partition.dnsSuffix)", port: nil, path: "")
            return ResolvedEndpoint(url: url, signingRegion: "us-east-1", signingService: service.signingName)
        }
        let placed = region == "\(partition.name)-global" ? partition.implicitGlobalRegion : region
        // In GovCloud the ordinary hosts of these services are the FIPS ones; only KMS has both.
        let govCloud = partition.name == "aws-us-gov" && service != .kms && !useDualStack
        let suffix = useDualStack ? partition.dualStackSuffix : partition.dnsSuffix
        let host = "\(service.hostPrefix(fips: useFIPS && !govCloud)).\(placed).\(suffix)"
        let url = EndpointURL(scheme: "https", host: host, port: nil, path: "")
        return ResolvedEndpoint(url: url, signingRegion: placed, signingService: service.signingName)
    }
}

extension AWSService {
    fileprivate func hostPrefix(fips: Bool) -> String {
        let name =
            switch self {
            case .s3, .sts, .kms, .dynamodb, .iam: rawValue
            case .sso: "portal.sso"
            case .ssoOIDC: "oidc"
            }
        return fips ? "\(name)-fips" : name
    }
}
