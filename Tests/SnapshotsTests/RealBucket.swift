import AWSIdentity
import HTTPTransport
import TestSupport
import Timestamps

/// Makes buckets: the library only ever reads and fills buckets, it makes none.
enum RealBucket {
    /// - Parameter versioning: nil leaves it off.
    static func create(_ name: String, _ server: RealServer, _ http: any HTTPClient, versioning: String? = "Enabled") async throws {
        try await put("\(server.endpoint)/\(name)", "", server, http)
        if let versioning { try await setVersioning(versioning, of: name, server, http) }
    }

    static func setVersioning(_ status: String, of name: String, _ server: RealServer, _ http: any HTTPClient) async throws {
        try await put(
            "\(server.endpoint)/\(name)?versioning=",
            #"<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>\#(status)</Status></VersioningConfiguration>"#, server, http)
    }

    /// Makes SSE-KMS the bucket's default.
    static func encrypt(_ name: String, key: String, _ server: RealServer, _ http: any HTTPClient) async throws {
        try await put(
            "\(server.endpoint)/\(name)?encryption=",
            #"<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault>"#
                + "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>\(key)</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
            server, http)
    }

    private static func put(_ url: String, _ text: String, _ server: RealServer, _ http: any HTTPClient) async throws {
        let body = Array(text.utf8)
        var request = HTTPRequest(method: "PUT", url: url, body: body.isEmpty ? .none : .bytes(body))
        try SigV4Signer.sign(
            &request, credentials: AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey), region: server.region, service: "s3",
            time: .now(), payload: body.isEmpty ? .empty : PayloadHash(of: body), style: .s3)
        let response = try await http.send(request)
        guard (200..<300).contains(response.status) else { throw RealBucketError(answer: String(decoding: response.body, as: UTF8.self)) }
    }
}

struct RealBucketError: Error {
    var answer: String
}
