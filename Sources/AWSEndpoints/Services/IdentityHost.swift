extension AWSPartition {
    /// The host of IAM, which has one for each partition, and the region that signs for it; as AWS's endpoint rules have it.
    func identityHost(fips: Bool, dualStack: Bool) -> (host: String, signingRegion: String) {
        let service = fips ? "iam-fips" : "iam"
        switch (name, dualStack) {
        case ("aws", false): return ("\(service).\(dnsSuffix)", implicitGlobalRegion)
        case ("aws", true): return ("\(service).global.\(dualStackSuffix)", implicitGlobalRegion)
        // In GovCloud the ordinary host is the FIPS one.
        case ("aws-us-gov", false): return ("iam.us-gov.\(dnsSuffix)", implicitGlobalRegion)
        case ("aws-us-gov", true): return ("iam.us-gov.\(dualStackSuffix)", implicitGlobalRegion)
        // Not the partition's implicit region.
        case ("aws-cn", _): return (identityHostWithRegion("cn-north-1", fips: fips, dualStack: dualStack), "cn-north-1")
        default: return (identityHostWithRegion(implicitGlobalRegion, fips: fips, dualStack: dualStack), implicitGlobalRegion)
        }
    }

    private func identityHostWithRegion(_ region: String, fips: Bool, dualStack: Bool) -> String {
        switch (fips, dualStack) {
        case (false, false): "iam.\(region).\(dnsSuffix)"
        case (true, false): ["aws-iso", "aws-iso-b"].contains(name) ? "iam-fips.\(region).\(dnsSuffix)" : "iam-fips.\(dnsSuffix)"
        case (false, true): ["aws-cn", "aws-eusc"].contains(name) ? "iam.global.\(dualStackSuffix)" : "iam.\(dualStackSuffix)"
        case (true, true): "iam-fips.\(dualStackSuffix)"
        }
    }
}
