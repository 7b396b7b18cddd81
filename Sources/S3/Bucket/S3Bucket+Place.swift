internal import AWSEndpoints
internal import HTTPTransport

extension S3Bucket {
    /// The region that the bucket was made in (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html).
    /// Servers other than AWS may say nothing, or a name of their own.
    public func location() async throws -> S3Setting<String> {
        try await setting(settingRequest("GetBucketLocation", "location")) { root in
            let text = root.name == "LocationConstraint" ? root.text : root["LocationConstraint"]?.text ?? ""
            return switch text {
            case "": "us-east-1"
            case "EU": "eu-west-1"
            default: text
            }
        }
    }

    /// Whether the bucket is there and may be listed, and in which region
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html). The region is nil when the server does
    /// not say.
    public func head() async throws -> String? {
        try await run(S3Request("HeadBucket", method: "HEAD")) { answer throws(S3Error) in
            answer.header("x-amz-bucket-region").flatMap { HostLabel.isRegion($0) ? $0 : nil }
        }
    }
}
