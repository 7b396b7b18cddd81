import AWSEndpoints
import AWSIdentity
import AWSServices
import AccessControl
import DynamoDB
import HTTPTransport
import S3
import Sites
import TestSupport
import Timestamps

@testable import Replication

/// An account of an emulator with S3, DynamoDB, IAM, STS and KMS: two buckets in two regions, and everything around them.
struct RealAccount: Sendable {
    let server: RealServer
    let http: CurlClient
    let source = uniqueBucketName("source")
    let replica = uniqueBucketName("replica")

    init(_ kind: RealServerKind) async throws {
        server = try await SharedServers.shared.server(kind)
        http = try CurlClient()
        try await bucket(source).make(region: nil)
        try await bucket(replica, region: "us-west-2").make(region: "us-west-2")
    }

    /// Those of ``RealServerKind`` that have these services.
    static func available() async -> [RealServerKind] {
        var kinds: [RealServerKind] = []
        for kind in [RealServerKind.ministack, .moto] where await SharedServers.isAvailable(kind) { kinds.append(kind) }
        return kinds
    }

    private var keys: StaticCredentials { StaticCredentials(AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)) }

    func bucket(_ name: String, region: String = "us-east-1") -> S3Bucket {
        S3Client(S3Configuration(region: region, endpoint: server.endpoint), credentials: keys, http: http).bucket(name)
    }

    func service(_ service: AWSService, region: String = "us-east-1") -> ServiceClient {
        ServiceClient(service, ServiceConfiguration(region: region, endpoint: server.endpoint), credentials: keys, http: http)
    }

    func dynamoDB(_ region: String) -> DynamoDBClient {
        DynamoDBClient(ServiceConfiguration(region: region, endpoint: server.endpoint), credentials: keys, http: http)
    }

    func makeTable(_ name: String, region: String) async throws {
        let body = #"{"TableName": "\#(name)", "BillingMode": "PAY_PER_REQUEST", "AttributeDefinitions": [{"AttributeName": "LockID", "AttributeType": "S"}], "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}]}"#
        _ = try await service(.dynamodb, region: region).send(.json("CreateTable", target: "DynamoDB_20120810", version: "1.0", body: Array(body.utf8)))
    }

    /// The emulator answered something else than what was set up.
    struct Refusal: Error { var answer: String }

    /// A call of IAM's query protocol, for what tests set up.
    func iam(_ operation: String, _ fields: KeyValuePairs<String, String>) async throws -> XMLFields {
        let answer = try await service(.iam).send(.query(operation, version: "2010-05-08", fields))
        guard let fields = XMLFields(answer) else { throw Refusal(answer: String(decoding: answer, as: UTF8.self)) }
        return fields
    }

    /// A call of KMS, for what tests set up.
    func kms(_ operation: String, _ body: String, region: String) async throws -> String {
        String(decoding: try await service(.kms, region: region).send(.json(operation, target: "TrentService", version: "1.1", body: Array(body.utf8))), as: UTF8.self)
    }

    /// Makes a key and gives out its ARN.
    func makeKey(region: String) async throws -> String {
        let answer = try await kms("CreateKey", "{}", region: region)
        guard let match = answer.firstMatch(of: #/"Arn"\s*:\s*"([^"]+)"/#) else { throw Refusal(answer: answer) }
        return String(match.1)
    }

    func write(_ key: String, serials: ClosedRange<Int>, to bucket: String? = nil) async throws {
        for serial in serials { _ = try await self.bucket(bucket ?? source).putObject(key: key, ReplicationWorld.state(serial: serial)) }
    }

    func side(_ name: String, _ bucket: String, _ region: String, table: String? = nil, as credentials: AWSCredentials? = nil) -> VerifySide {
        let keys = credentials.map { StaticCredentials($0) } ?? keys
        var settings = SiteSettings(name: name, bucket: bucket)
        settings.access.region = region
        settings.lock.dynamodbTable = table
        let configuration = ServiceConfiguration(region: region, endpoint: server.endpoint)
        var services = SideServices()
        services.dynamoDB = .ready(DynamoDBClient(configuration, credentials: keys, http: http))
        services.iam = .ready(IAMClient(configuration, credentials: keys, http: http))
        services.identity = .ready(CallerIdentity(configuration, credentials: keys, http: http))
        services.kms = .ready(KMSClient(configuration, credentials: keys, http: http))
        let client = S3Client(S3Configuration(region: region, endpoint: server.endpoint), credentials: keys, http: http)
        return VerifySide(Site(settings: settings, bucket: client.bucket(bucket)), services: services)
    }

    func check(table: String? = nil, as credentials: AWSCredentials? = nil, asksServices: Bool = true) async throws -> VerifyResult {
        var (from, to) = (side("primary", source, "us-east-1", table: table, as: credentials), side("dr", replica, "us-west-2", table: table, as: credentials))
        if !asksServices { (from.services, to.services) = (SideServices(), SideServices()) }
        return try await ReplicationCheck(from: from, to: to, vault: nil, now: { .now() }).run()
    }
}
