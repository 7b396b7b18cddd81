internal import AWSEndpoints
internal import HTTPTransport

/// One operation of a service, written down in the service's protocol.
public struct ServiceCall: Sendable {
    public let operation: String
    let headers: HTTPHeaders
    let body: [UInt8]

    /// In AWS's JSON protocol: DynamoDB, KMS. (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html)
    ///
    /// - Parameters:
    ///   - target: the service's prefix of `X-Amz-Target`: `DynamoDB_20120810`, `TrentService`.
    ///   - version: `1.0` or `1.1`.
    public static func json(_ operation: String, target: String, version: String, body: [UInt8]) -> ServiceCall {
        ServiceCall(
            operation: operation, headers: ["Content-Type": "application/x-amz-json-\(version)", "X-Amz-Target": "\(target).\(operation)"], body: body)
    }

    /// In AWS's query protocol: IAM, STS. (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html)
    public static func query(_ operation: String, version: String, _ fields: KeyValuePairs<String, String> = [:]) -> ServiceCall {
        let pairs = [("Action", operation), ("Version", version)] + fields.map { ($0.key, $0.value) }
        let body = pairs.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
        return ServiceCall(
            operation: operation, headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/xml"], body: Array(body.utf8))
    }
}
