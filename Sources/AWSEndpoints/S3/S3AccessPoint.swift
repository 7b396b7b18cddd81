extension S3EndpointResolver {
    /// A bucket given as an ARN: the access point `arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME`.
    struct AccessPoint {
        private let arn: AmazonResourceName
        private let bucket: String
        private let service: Service
        private let parameters: S3EndpointParameters

        init(_ arn: AmazonResourceName, _ bucket: String, _ service: Service, _ parameters: S3EndpointParameters) {
            (self.arn, self.bucket, self.service, self.parameters) = (arn, bucket, service, parameters)
        }

        func endpoint() throws(EndpointError) -> ResolvedEndpoint {
            let name = try checkedName()
            try checkPlace()
            guard arn.service == "s3" else { throw fault(.wrongService(arn.service)) }
            guard HostLabel.isValid(arn.account) else { throw fault(.invalidAccount(arn.account)) }
            guard HostLabel.isValid(name) else { throw fault(.invalidName(String(name))) }
            if parameters.accelerate { throw .accelerateWithAccessPoint }

            let label = "\(name)-\(arn.account)"
            let base = service.custom ?? EndpointURL(scheme: "https", host: host, port: nil, path: "")
            let url = EndpointURL(scheme: base.scheme, host: "\(label).\(base.host)", port: base.port, path: base.path)
            return ResolvedEndpoint(url: url, signingRegion: arn.region, signingService: "s3")
        }

        private func checkedName() throws(EndpointError) -> Substring {
            let parts = arn.resourceParts
            guard let type = parts.first, !type.isEmpty else { throw fault(.typeMissing) }
            switch arn.service {
            case "s3-outposts": throw .unsupported(.outposts, bucket: bucket)
            case "s3-object-lambda": throw .unsupported(.objectLambda, bucket: bucket)
            default: break
            }
            guard type == "accesspoint" else { throw fault(.unknownType(String(type))) }
            guard parts.count > 1, !parts[1].isEmpty else { throw fault(.nameMissing) }
            guard parameters.allowsAccessPoints else { throw .accessPointNotAllowed(bucket) }
            if arn.region.isEmpty { throw .unsupported(.multiRegionAccessPoint, bucket: bucket) }
            guard parts.count == 2 else { throw fault(.tooManyParts) }
            return parts[1]
        }

        private func checkPlace() throws(EndpointError) {
            if parameters.useARNRegion == false, arn.region != service.region {
                throw .regionMismatch(bucket: bucket, configured: service.region, named: arn.region)
            }
            let named = AWSPartition.containing(region: arn.region)
            guard named == service.partition else {
                throw .partitionMismatch(bucket: bucket, configured: service.partition.name, named: named.name)
            }
            guard HostLabel.isValidWithSubdomains(arn.region) else { throw fault(.invalidRegion(arn.region)) }
        }

        private var host: String {
            let fips = parameters.useFIPS ? "-fips" : ""
            let dualStack = parameters.useDualStack ? ".dualstack" : ""
            return "s3-accesspoint\(fips)\(dualStack).\(arn.region).\(service.partition.dnsSuffix)"
        }

        private func fault(_ fault: EndpointError.ARNFault) -> EndpointError { .invalidARN(bucket, fault) }
    }
}
