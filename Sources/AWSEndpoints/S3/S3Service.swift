extension S3EndpointResolver {
    /// S3 in one region, or one server of the user's own: puts host names together.
    struct Service {
        let region: String
        let partition: AWSPartition
        let custom: EndpointURL?
        private let parameters: S3EndpointParameters

        init(_ parameters: S3EndpointParameters, _ region: String, _ partition: AWSPartition, _ custom: EndpointURL?) {
            (self.parameters, self.region, self.partition, self.custom) = (parameters, region, partition, custom)
        }

        func endpoint(bucketInHost: String?, bucketInPath: String?) -> ResolvedEndpoint {
            let base = custom ?? EndpointURL(scheme: "https", host: host(accelerated: bucketInHost != nil), port: nil, path: "")
            let url = EndpointURL(
                scheme: base.scheme, host: bucketInHost.map { "\($0).\(base.host)" } ?? base.host, port: base.port,
                path: bucketInPath.map { "\(base.path)/\(PercentEncoding.encode($0))" } ?? base.path)
            return ResolvedEndpoint(url: url, signingRegion: isGlobal ? "us-east-1" : region, signingService: "s3")
        }

        private var isGlobal: Bool { region == "aws-global" }

        private func host(accelerated: Bool) -> String {
            let dualStack = parameters.useDualStack ? ".dualstack" : ""
            if parameters.accelerate, accelerated {
                // The published rules name us-east-1 here, and only here, for the global region with dual-stack.
                let region = isGlobal && parameters.useDualStack ? ".us-east-1" : ""
                return "s3-accelerate\(dualStack)\(region).\(partition.dnsSuffix)"
            }
            let fips = parameters.useFIPS ? "-fips" : ""
            let wantsGlobal = isGlobal || parameters.useGlobalEndpoint && region == "us-east-1"
            if wantsGlobal, fips.isEmpty, dualStack.isEmpty { return "s3.\(partition.dnsSuffix)" }
            return "s3\(fips)\(dualStack).\(isGlobal ? "us-east-1" : region).\(partition.dnsSuffix)"
        }
    }
}
