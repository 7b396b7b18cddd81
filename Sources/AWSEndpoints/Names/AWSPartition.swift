/// One of AWS's separate worlds (commercial, China, GovCloud, the sovereign and isolated ones): its regions
/// share accounts, ARNs and DNS suffixes, and nothing crosses from one to another.
///
/// The facts are those of AWS's published partition list. A region that is not in it yet is placed by the shape
/// of its name, so that a region opened tomorrow works today.
public struct AWSPartition: Hashable, Sendable {
    /// `aws`, `aws-cn`, … as it stands in the second field of an ARN.
    public let name: String
    /// What ordinary host names end with, without the leading dot.
    public let dnsSuffix: String
    /// What dual-stack host names of most services end with. (S3 keeps ``dnsSuffix`` and says `dualstack` inside.)
    public let dualStackSuffix: String
    /// The region that signs requests to services without regions.
    public let implicitGlobalRegion: String
    /// The regions known when this was written.
    public let regions: Set<String>

    /// What its region names begin with, before `-DIRECTION-NUMBER`.
    let regionPrefixes: [String]

    /// The partition of a region: by list, then by the shape of the name, else the commercial one.
    public static func containing(region: String) -> AWSPartition {
        all.first { $0.regions.contains(region) || region == "\($0.name)-global" }
            ?? all.first { $0.ownsShape(of: region) }
            ?? aws
    }

    /// Whether AWS listed this region when this was written. A region that is not known may still exist.
    public static func isKnown(region: String) -> Bool {
        all.contains { $0.regions.contains(region) }
    }

    private init(_ name: String, _ dnsSuffix: String, _ dualStackSuffix: String, global: String, prefixes: String, _ regions: String) {
        self.name = name
        self.dnsSuffix = dnsSuffix
        self.dualStackSuffix = dualStackSuffix
        self.implicitGlobalRegion = global
        self.regionPrefixes = prefixes.split(separator: " ").map { "\($0)-" }
        self.regions = Set(regions.split(separator: " ").map(String.init))
    }

    /// `PREFIX-word-digits`: the word holds no hyphen, which is what tells `us-west-1` from `us-gov-west-1`.
    private func ownsShape(of region: String) -> Bool {
        regionPrefixes.contains { prefix in
            guard region.hasPrefix(prefix) else { return false }
            let rest = region.utf8.dropFirst(prefix.utf8.count).split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard rest.count == 2, !rest[0].isEmpty, !rest[1].isEmpty else { return false }
            return rest[0].allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") } && rest[1].allSatisfy(\.isDigit)
        }
    }
}

extension AWSPartition {
    /// The commercial partition.
    public static let aws = AWSPartition(
        "aws", "amazonaws.com", "api.aws", global: "us-east-1", prefixes: "us eu ap sa ca me af il mx",
        """
        af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 \
        ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 \
        eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 \
        me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2
        """)

    /// Every partition, the commercial one first.
    public static let all: [AWSPartition] = [
        aws,
        AWSPartition(
            "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn", global: "cn-northwest-1", prefixes: "cn",
            "cn-north-1 cn-northwest-1"),
        AWSPartition(
            "aws-us-gov", "amazonaws.com", "api.aws", global: "us-gov-west-1", prefixes: "us-gov",
            "us-gov-east-1 us-gov-west-1"),
        AWSPartition(
            "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu", global: "eusc-de-east-1", prefixes: "eusc-de",
            "eusc-de-east-1"),
        AWSPartition(
            "aws-iso", "c2s.ic.gov", "api.aws.ic.gov", global: "us-iso-east-1", prefixes: "us-iso",
            "us-iso-east-1 us-iso-west-1"),
        AWSPartition(
            "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud", global: "us-isob-east-1", prefixes: "us-isob",
            "us-isob-east-1 us-isob-west-1"),
        AWSPartition(
            "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", global: "eu-isoe-west-1", prefixes: "eu-isoe",
            "eu-isoe-west-1"),
        AWSPartition(
            "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov", global: "us-isof-south-1", prefixes: "us-isof",
            "us-isof-east-1 us-isof-south-1"),
    ]
}
