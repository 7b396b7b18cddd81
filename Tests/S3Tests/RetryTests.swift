import AWSEndpoints
import AWSIdentity
@testable import S3
import Synchronization
import TestSupport
import Testing
import Timestamps

/// What is repeated, how often, how soon, and what is repaired at once.
struct RetryTests {
    @Test(arguments: [
        (500, "InternalError"), (503, "SlowDown"), (503, "ServiceUnavailable"), (502, ""), (504, ""), (400, "RequestTimeout"), (429, "TooManyRequestsException"), (429, ""),
    ])
    func passingTroubleIsRetriedWithFullJitter(status: Int, code: String) async throws {
        let s3 = try ScriptedS3 { request in
            if request.number == 2 { return .object([1]) }
            return code.isEmpty ? .text(status, "") : .s3Error(status, code)
        }
        #expect(try await s3.bucket.getObject(key: "k").bytes == [1])
        #expect(s3.slept == [.milliseconds(500), .seconds(1)])
    }

    @Test func whatWillNotPassIsNotRepeated() async throws {
        for (status, code, kind) in [
            (403, "AccessDenied", S3Error.Kind.accessDenied), (404, "NoSuchKey", .noSuchKey), (404, "NoSuchBucket", .noSuchBucket), (403, "InvalidObjectState", .archived),
            (403, "InvalidAccessKeyId", .invalidCredentials), (412, "PreconditionFailed", .preconditionFailed), (409, "OperationAborted", .conflict), (501, "NotImplemented", .notSupported),
        ] {
            let s3 = try ScriptedS3 { _ in .s3Error(status, code) }
            let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k") }
            #expect(error?.kind == kind)
            #expect(s3.server.requests.count == 1)
            #expect(error?.requestID == "R1" && error?.hostID == "H1" && error?.message == "told")
        }
    }

    @Test func theQuotaStopsRetriesOfAServerInTrouble() async throws {
        let s3 = try ScriptedS3 { _ in .s3Error(503, "SlowDown") }
        for _ in 0..<60 { _ = try? await s3.bucket.headObject(key: "k") }
        // 500 tokens at 5 each are 100 retries, over all operations.
        #expect(s3.server.requests.count == 160)
    }

    @Test func everyAttemptIsSignedAnew() async throws {
        let hour = Mutex(0)
        let start = Timestamp(seconds: 1_800_000_000)
        let s3 = try ScriptedS3(now: { start + .seconds(hour.withLock { hour in hour += 1; return hour * 60 }) }) {
            $0.number == 0 ? .s3Error(503, "SlowDown") : .object([1])
        }
        _ = try await s3.bucket.getObject(key: "k")
        let requests = s3.server.requests
        #expect(requests[0].header("authorization") != requests[1].header("authorization"))
        #expect(requests[0].header("x-amz-date") != requests[1].header("x-amz-date"))
        #expect(requests.allSatisfy { request in request.headers.filter { $0.name.lowercased() == "authorization" }.count == 1 })
    }

    @Test func expiredCredentialsAreRenewedOnce() async throws {
        let s3 = try ScriptedS3 { request in
            request.header("authorization")?.contains("AKIA1/") == true ? .s3Error(400, "ExpiredToken") : .object([1])
        }
        #expect(try await s3.bucket.getObject(key: "k").bytes == [1])
        let stubborn = try ScriptedS3 { _ in .s3Error(400, "ExpiredToken") }
        let error = await #expect(throws: S3Error.self) { try await stubborn.bucket.getObject(key: "k") }
        #expect(error?.kind == .expiredCredentials)
        #expect(stubborn.server.requests.count == 2)
    }

    @Test func theRegionIsTakenFromHeaderOrBodyOrHead() async throws {
        for place in ["header", "body", "malformed", "head"] {
            let s3 = try ScriptedS3 { request in
                if request.header("authorization")?.contains("/eu-west-3/s3/") == true { return .object([1]) }
                switch place {
                case "header": return .s3Error(301, "PermanentRedirect", extra: "<Endpoint>evil.example</Endpoint>", headers: [("x-amz-bucket-region", "eu-west-3")])
                case "body": return .s3Error(301, "PermanentRedirect", extra: "<Region>eu-west-3</Region>")
                case "malformed": return .s3Error(400, "AuthorizationHeaderMalformed", extra: "<Region>eu-west-3</Region>")
                default: return request.method == "HEAD" ? .text(403, "", headers: [("x-amz-bucket-region", "eu-west-3")]) : .s3Error(307, "TemporaryRedirect", headers: [("Location", "http://evil.example/")])
                }
            }
            #expect(try await s3.bucket.getObject(key: "k").bytes == [1], "\(place)")
            #expect(s3.bucket.region == "eu-west-3")
            let before = s3.server.requests.count
            _ = try await s3.bucket.getObject(key: "k")
            #expect(s3.server.requests.count == before + 1, "the region was not remembered")
        }
    }

    @Test(arguments: ["evil.com/#", "us-east-1.evil.com", "-x", "123", "cn-north-1", "us-east-1", ""])
    func aRegionThatCannotBeTrustedIsNotFollowed(region: String) async throws {
        let s3 = try ScriptedS3 { _ in .s3Error(301, "PermanentRedirect", headers: [("x-amz-bucket-region", region)]) }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k") }
        #expect(error?.kind == .wrongRegion)
        #expect(s3.bucket.region == "us-east-1")
    }

    @Test func aClockThatIsWrongIsLearntFromTheAnswerAndUsedFromThenOn() async throws {
        let ours = Timestamp(seconds: 1_800_000_000)
        let theirs = ours + .seconds(86_400)
        let s3 = try ScriptedS3(now: { ours }) { request in
            request.header("x-amz-date") == theirs.amzDate
                ? .object([1]) : .s3Error(403, "RequestTimeTooSkewed", headers: [("Date", theirs.httpDate)])
        }
        #expect(try await s3.bucket.getObject(key: "k").bytes == [1])
        #expect(try await s3.bucket.getObject(key: "k").bytes == [1])
        #expect(s3.server.requests.count == 3)
    }

    @Test func connectionsThatBreakAreRetriedAndRefusedOnesNameTheHost() async throws {
        let s3 = try ScriptedS3 { ScriptedResponse.object([1], faults: $0.number < 2 ? [.resetWithoutAnswer] : []) }
        #expect(try await s3.bucket.getObject(key: "k").bytes == [1])
        s3.server.stop()
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k") }
        #expect(error?.kind == .transport)
        #expect(error?.message.contains("127.0.0.1:\(s3.server.port)") == true)
    }

    @Test func errorsNeverCarrySecrets() async throws {
        let s3 = try ScriptedS3({ $0.customerKey = S3CustomerKey(bytes: Array("0123456789abcdef0123456789abcdef".utf8)) }) { _ in .s3Error(403, "SignatureDoesNotMatch") }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k") }
        let text = "\(String(describing: error)) \(String(reflecting: error))"
        #expect(!text.contains("secret-of-the-test") && !text.contains("0123456789abcdef"))
        #expect(s3.server.requests[0].header("x-amz-server-side-encryption-customer-key-MD5") != nil)
    }

    @Test func credentialsThatCannotBeHadAreAnErrorOfTheirOwn() async throws {
        struct Nobody: CredentialProvider {
            struct Reason: Error {}
            func credentials() async throws -> AWSCredentials { throw Reason() }
        }
        let s3 = try ScriptedS3 { _ in .object([1]) }
        let client = S3Client(s3.client.configuration, credentials: Nobody(), http: s3.client.http)
        let error = await #expect(throws: S3Error.self) { try await client.bucket("b").getObject(key: "k") }
        #expect(error?.kind == .credentials)
        #expect(error?.cause is Nobody.Reason)
        #expect(s3.server.requests.isEmpty)
    }

    @Test func everyRequestNamesOwnerAndPayerWhenAsked() async throws {
        let s3 = try ScriptedS3({ $0.expectedBucketOwner = "111122223333"; $0.requesterPays = true }) { _ in .object([1]) }
        _ = try await s3.bucket.getObject(key: "k")
        let request = s3.server.requests[0]
        #expect(request.header("x-amz-expected-bucket-owner") == "111122223333")
        #expect(request.header("x-amz-request-payer") == "requester")
        #expect(request.header("authorization")?.contains("x-amz-expected-bucket-owner;") == true)
    }

    @Test(arguments: [("a//b/./../c", "/states/a//b/./../c"), ("env:/é x+y%2F?#", "/states/env%3A/%C3%A9%20x%2By%252F%3F%23"), ("/lead", "/states//lead"), ("\u{1B}\n", "/states/%1B%0A")])
    func keysGoOutByteForByte(key: String, path: String) async throws {
        let s3 = try ScriptedS3 { _ in .object([1]) }
        _ = try await s3.bucket.getObject(key: key)
        #expect(s3.server.requests[0].path == path)
    }
}
