import AWSIdentity
import Foundation
import HTTPTransport
import Sites
import TestSupport
import Testing

/// A real server and the way in which a run comes by its credentials there.
enum SnapshotBackend: String, CaseIterable, CustomTestStringConvertible {
    /// Signatures are checked against identities.
    case seaweedfs = "SeaweedFS"
    /// The access key of an IAM user; signatures are checked.
    case ministackUser = "ministack, IAM user"
    /// A profile with `role_arn` and `source_profile`: STS, and a session token in every request.
    case ministackRole = "ministack, role of a profile"
    /// A token file and a role in the environment, as in Kubernetes.
    case ministackWebIdentity = "ministack, web identity"
    /// The bucket's default is SSE-KMS: what a GET gives is decrypted, and its ETag is no MD5.
    case ministackKMS = "ministack, SSE-KMS"
    /// Signatures are not checked.
    case moto = "moto"

    var testDescription: String { rawValue }

    var kind: RealServerKind {
        switch self {
        case .seaweedfs: .seaweedfs
        case .ministackUser, .ministackRole, .ministackWebIdentity, .ministackKMS: .ministack
        case .moto: .moto
        }
    }

    /// Whether the run is a role that may only read.
    var isReader: Bool { self == .ministackRole || self == .ministackWebIdentity }

    static func available() async -> [SnapshotBackend] {
        let kinds = await SharedServers.available()
        return allCases.filter { kinds.contains($0.kind) }
    }

    /// Where the run finds its credentials: environment, files and, for a profile, the setting that names it.
    func identity(_ server: RealServer, _ http: any HTTPClient, access: inout S3AccessSettings) async throws -> IdentityWorld {
        var environment = ["HOME": "/h", "AWS_EC2_METADATA_DISABLED": "true"]
        var files: [String: String] = [:]
        let account = EmulatedAccount(server)
        let name = uniqueBucketName("reader")
        switch self {
        case .seaweedfs, .ministackUser, .ministackKMS, .moto:
            environment["AWS_ACCESS_KEY_ID"] = server.accessKeyID
            environment["AWS_SECRET_ACCESS_KEY"] = server.secretAccessKey
        case .ministackRole:
            let role = try await account.makeRole(name, trusting: #"{"AWS":"*"}"#, action: "sts:AssumeRole", allowing: EmulatedAccount.readingS3)
            files["/h/.aws/config"] = "[profile reader]\nrole_arn = \(role)\nsource_profile = base\nrole_session_name = backup\n"
            files["/h/.aws/credentials"] = "[base]\naws_access_key_id = \(server.accessKeyID)\naws_secret_access_key = \(server.secretAccessKey)\n"
            access.profile = "reader"
            access.endpoints.sts = server.endpoint
        case .ministackWebIdentity:
            let issuer = "\(name).test"
            let provider = try await account.makeIdentityProvider(issuer)
            let role = try await account.makeRole(
                name, trusting: #"{"Federated":"\#(provider)"}"#, action: "sts:AssumeRoleWithWebIdentity", allowing: EmulatedAccount.readingS3)
            files["/token"] = Self.token(issuer: issuer) + "\n"
            environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token"
            environment["AWS_ROLE_ARN"] = role
            environment["AWS_ENDPOINT_URL_STS"] = server.endpoint
        }
        return IdentityWorld(environment: environment, files: InMemoryFiles(texts: files), http: http)
    }

    /// Makes the bucket, and its default encryption where that is the point.
    func makeBucket(_ name: String, _ server: RealServer, _ http: any HTTPClient) async throws {
        try await RealBucket.create(name, server, http)
        guard self == .ministackKMS else { return }
        let key = try await EmulatedAccount(server).makeKey()
        try await RealBucket.encrypt(name, key: key, server, http)
    }

    private static func token(issuer: String) -> String {
        let claims = #"{"iss":"https://\#(issuer)","sub":"system:serviceaccount:backup:tfguard","aud":"sts.amazonaws.com","exp":4102444800}"#
        return [#"{"alg":"RS256"}"#, claims, "signature"].map {
            Data($0.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }.joined(separator: ".")
    }
}
