import Cryptography
import HTTPTransport
import Testing
import Timestamps

@testable import AWSIdentity

/// The examples that AWS publishes with their signatures, and the rules around them.
@Suite("SigV4 signer") struct SigV4SignerTests {
    static let credentials = AWSCredentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    static let bucket = "https://examplebucket.s3.amazonaws.com"

    private func signedS3(
        _ method: String = "GET", _ url: String, headers: HTTPHeaders = [:], payload: PayloadHash = .empty,
        credentials: AWSCredentials = Self.credentials
    ) throws -> HTTPRequest {
        var request = HTTPRequest(method: method, url: url, headers: headers)
        try SigV4Signer.sign(
            &request, credentials: credentials, region: "us-east-1", service: "s3", time: try moment("20130524T000000Z"),
            payload: payload, style: .s3)
        return request
    }

    private func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(amzDate: text)) }

    private func signature(_ request: HTTPRequest) throws -> String {
        let authorization = try #require(request.headers["authorization"])
        return String(try #require(authorization.split(separator: "Signature=").last))
    }

    @Test("GET with a range gives the signature in the Amazon S3 API reference") func documentedGet() throws {
        let request = try signedS3("GET", "\(Self.bucket)/test.txt", headers: ["Range": "bytes=0-9"])
        #expect(
            request.headers["authorization"] == """
                AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
                SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
                Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
                """)
        #expect(request.headers["x-amz-date"] == "20130524T000000Z")
        #expect(request.headers["x-amz-content-sha256"] == PayloadHash.empty.text)
    }

    @Test("PUT gives the signature in the Amazon S3 API reference") func documentedPut() throws {
        let request = try signedS3(
            "PUT", "\(Self.bucket)/test%24file.text",
            headers: ["Date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
            payload: PayloadHash(of: Array("Welcome to Amazon S3.".utf8)))
        #expect(try signature(request) == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
    }

    @Test("a query without a value, and one in any order, give the documented signatures") func documentedQueries() throws {
        #expect(
            try signature(signedS3("GET", "\(Self.bucket)?lifecycle"))
                == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")
        #expect(
            try signature(signedS3("GET", "\(Self.bucket)/?prefix=J&max-keys=2"))
                == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
    }

    @Test("a presigned URL is the one in the Amazon S3 API reference") func documentedPresigned() throws {
        let url = try SigV4Signer.presign(
            HTTPRequest(url: "\(Self.bucket)/test.txt"), credentials: Self.credentials, region: "us-east-1",
            service: "s3", time: try moment("20130524T000000Z"), lifetime: 86_400)
        #expect(
            url == """
                https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
                &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
                &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
                """)
    }

    @Test("IAM ListUsers gives the signature in the IAM user guide") func documentedListUsers() throws {
        var request = HTTPRequest(
            url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
            headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"])
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        try SigV4Signer.sign(
            &request, credentials: credentials, region: "us-east-1", service: "iam",
            time: try moment("20150830T123600Z"), payload: .empty, style: .standard)
        #expect(try signature(request) == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
        #expect(request.headers["x-amz-content-sha256"] == nil)
    }

    @Test("signing again replaces everything the first signing added") func resigning() throws {
        var temporary = Self.credentials
        temporary.sessionToken = "token-1"
        var request = try signedS3("GET", "\(Self.bucket)/test.txt", headers: ["Range": "bytes=0-9"], credentials: temporary)
        #expect(request.headers["x-amz-security-token"] == "token-1")
        try SigV4Signer.sign(
            &request, credentials: Self.credentials, region: "us-east-1", service: "s3",
            time: try moment("20130524T000000Z"), payload: .empty, style: .s3)
        #expect(request.headers.values(of: "authorization").count == 1)
        #expect(request.headers["x-amz-security-token"] == nil)
        #expect(try signature(request) == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test("headers that change on the way are not signed, with whatever letter case") func excludedHeaders() throws {
        let plain = try signedS3("GET", "\(Self.bucket)/test.txt", headers: ["Range": "bytes=0-9"])
        let noisy = try signedS3(
            "GET", "\(Self.bucket)/test.txt",
            headers: [
                "Range": "bytes=0-9", "User-Agent": "x", "EXPECT": "100-continue", "Transfer-Encoding": "chunked",
                "Connection": "close", "X-Amzn-Trace-Id": "Root=1", "TE": "trailers",
            ])
        #expect(plain.headers["authorization"] == noisy.headers["authorization"])
    }

    @Test("S3 keeps dots and double slashes of the key; other services resolve them") func paths() throws {
        func canonicalPath(_ path: String, _ style: SigV4Style) throws -> Substring? {
            let made = try SigV4Signer.signature(
                of: HTTPRequest(url: "http://127.0.0.1:9000\(path)"), credentials: Self.credentials,
                region: "us-east-1", service: "s3", time: try moment("20130524T000000Z"), payload: .empty, style: style,
                sessionToken: .signed, keys: .shared)
            return made.signature.canonicalRequest.text.split(separator: "\n").dropFirst().first
        }
        #expect(try canonicalPath("/b/a/../b//./c", .s3) == "/b/a/../b//./c")
        #expect(try canonicalPath("/b/a/../b//./c", .standard) == "/b/b/c")
        #expect(try canonicalPath("/b/a%20b%2Fc%7e", .s3) == "/b/a%20b%2Fc~")
        #expect(try canonicalPath("/b/a%20b", .standard) == "/b/a%2520b")
        #expect(try canonicalPath("", .s3) == "/")
        #expect(try canonicalPath("/100%", .s3) == "/100%25")
        #expect(try canonicalPath("/../..", .standard) == "/")
    }

    @Test("a host is signed with its port unless it is the scheme's own") func ports() throws {
        func host(_ url: String) throws -> String { try SignableURL(url).host }
        #expect(try host("http://127.0.0.1:9000/b") == "127.0.0.1:9000")
        #expect(try host("https://h.example:443/b") == "h.example")
        #expect(try host("http://h.example:80") == "h.example")
        #expect(try host("https://h.example:80?x") == "h.example:80")
        #expect(try host("https://[::1]:8443/b") == "[::1]:8443")
    }

    @Test("what cannot be signed safely is refused by name", arguments: [
        "ftp://h/b", "//h/b", "https:///b", "https://user@h/b", "https://h h/b", "",
    ])
    func refusedURLs(url: String) {
        #expect(throws: SigningError.self) { try signedS3("GET", url) }
    }

    @Test("line breaks in credentials and headers are refused, and the value is not told") func injection() throws {
        var bad = Self.credentials
        bad.sessionToken = "secret-token\r\nX-Evil: 1"
        #expect(throws: SigningError.invalidCredential(field: "session token")) {
            try signedS3("GET", "\(Self.bucket)/k", credentials: bad)
        }
        #expect(throws: SigningError.invalidHeader(name: "x-amz-meta-a")) {
            try signedS3("GET", "\(Self.bucket)/k", headers: ["x-amz-meta-a": "a\r\nX-Evil: 1"])
        }
        #expect(!"\(SigningError.invalidCredential(field: "session token"))".contains("secret-token"))
    }

    @Test("a presigned URL lives from one second to seven days", arguments: [0, -1, 604_801]) func lifetimes(seconds: Int) {
        #expect(throws: SigningError.invalidLifetime(seconds: seconds)) {
            try SigV4Signer.presign(
                HTTPRequest(url: "\(Self.bucket)/k"), credentials: Self.credentials, region: "us-east-1", service: "s3",
                time: Timestamp(seconds: 0), lifetime: seconds)
        }
    }

    @Test("a derived key comes from the cache only for the same secret, day, region and service") func keyCache() {
        let cache = SigningKeyCache(capacity: 2)
        let scopes = [("s", "20130524", "r", "s3"), ("s2", "20130524", "r", "s3"), ("s", "20130525", "r", "s3"),
            ("s", "20130524", "r2", "s3"), ("s", "20130524", "r", "sts")]
        func keys() -> [[UInt8]] {
            scopes.map { cache.key(secret: $0.0, day: $0.1, region: $0.2, service: $0.3) }
        }
        let first = keys()
        #expect(Set(first).count == scopes.count)
        #expect(keys() == first)
        #expect(
            Hex.encode(
                cache.key(
                    secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", day: "20150830", region: "us-east-1", service: "iam"))
                == "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9")
    }

    @Test("neither description nor dump of credentials tells the secret or the token") func secretsStayInside() {
        var credentials = Self.credentials
        credentials.sessionToken = "FwoGZXIvYXdzEXAMPLE"
        var dumped = ""
        dump(["c": credentials], to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), "\([credentials])", dumped] {
            #expect(!text.contains("wJalr") && !text.contains("FwoGZXIv") && !text.contains("AKIAIOSFODNN7EXAMPLE"))
        }
        #expect("\(credentials)" == "AKIA…MPLE (temporary)")
    }
}
