internal import AWSEndpoints

/// Where the instance metadata service is (AWS SDKs and Tools Reference Guide, "IMDS credential provider").
struct InstanceMetadataEndpoint: Equatable {
    /// Without a slash at its end.
    let url: String

    /// - Parameters:
    ///   - explicit: a URL given in code; beats everything.
    ///   - explicitMode: `IPv4` or `IPv6` given in code; a URL from environment or profile beats it.
    /// - Throws: a sentence that names the wrong value.
    init(
        environment: [String: String], profile: AWSProfile?, explicit: String? = nil, explicitMode: String? = nil
    ) throws(Fault) {
        let configured =
            explicit ?? environment.setting("AWS_EC2_METADATA_SERVICE_ENDPOINT")
            ?? profile?["ec2_metadata_service_endpoint"]
        if let configured {
            guard let url = EndpointURL(configured) else {
                throw Fault(text: "the metadata service endpoint `\(configured)` is no http or https URL")
            }
            self.url = "\(url)"
            return
        }
        let mode =
            explicitMode ?? environment.setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")
            ?? profile?["ec2_metadata_service_endpoint_mode"] ?? "IPv4"
        switch mode.lowercased() {
        case "ipv4": url = "http://169.254.169.254"
        case "ipv6": url = "http://[fd00:ec2::254]"
        default: throw Fault(text: "`\(mode)` is not a valid endpoint mode for the metadata service; use IPv4 or IPv6")
        }
    }

    struct Fault: Error, Equatable { let text: String }
}
