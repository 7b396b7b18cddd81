/// An ARN: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
public struct AmazonResourceName: Hashable, Sendable, CustomStringConvertible {
    /// `aws`, `aws-cn`, …
    public let partition: String
    /// `s3`, `kms`, …
    public let service: String
    /// Empty for resources without a region.
    public let region: String
    /// Twelve digits, or empty.
    public let account: String
    /// Everything after the fifth colon.
    public let resource: String

    /// Parses an ARN; nil when the text has not six fields or partition, service or resource is empty.
    public init?(_ text: String) {
        let fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0] == "arn", !fields[1].isEmpty, !fields[2].isEmpty, !fields[5].isEmpty else { return nil }
        partition = String(fields[1])
        service = String(fields[2])
        region = String(fields[3])
        account = String(fields[4])
        resource = String(fields[5])
    }

    /// The resource cut at `:` and `/`, empty parts kept: `accesspoint:name` and `accesspoint/name` are the same.
    public var resourceParts: [Substring] {
        resource.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "/" }
    }

    /// The ARN as AWS writes it.
    public var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }
}
