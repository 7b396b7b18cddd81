import Cryptography
@testable import S3
import TestSupport
import Testing
import Timestamps

/// Writes whose answers get lost: done once, reported truly.
struct PutObjectTests {
    private static let bytes = Array("{\"serial\": 7}".utf8)
    private static let checksum = S3Checksum(SHA256.hash(bytes)).base64

    /// The object as HEAD tells it after our write, at a time of the server's clock.
    private static func ours(_ modified: Timestamp = .now(), checksum: String? = PutObjectTests.checksum, size: Int = bytes.count) -> ScriptedResponse {
        var headers = [(name: "ETag", value: "\"new\""), ("Last-Modified", modified.httpDate), ("Date", Timestamp.now().httpDate), ("x-amz-version-id", "v9")]
        if let checksum { headers.append(("x-amz-checksum-sha256", checksum)) }
        return ScriptedResponse(200, headers: headers, body: [], framing: .claimedLength(size))
    }

    @Test func aWriteCarriesItsChecksumAndConditions() async throws {
        let s3 = try ScriptedS3 { _ in ScriptedResponse(200, headers: [("ETag", "\"e\""), ("x-amz-version-id", "v1")]) }
        let attributes = S3ObjectAttributes(
            contentType: "application/json", metadata: ["Owner": "ops"], tags: ["a b": "c&d"], encryption: .kms(keyID: "key", context: ["z": "\"", "a": "1"], useBucketKey: true),
            objectLock: S3ObjectLock(mode: .governance, retainUntil: Timestamp(seconds: 1_800_000_000), legalHold: true))
        let outcome = try await s3.bucket.putObject(key: "k", Self.bytes, conditions: S3Conditions(ifMatch: "old"), attributes: attributes, sendsContentMD5: true)
        #expect(outcome == PutOutcome(versionID: "v1", etag: "e", sha256: SHA256.hash(Self.bytes), certainty: .answered))
        let request = s3.server.requests[0]
        let expected = [
            "if-match": "\"old\"", "content-type": "application/json", "x-amz-meta-owner": "ops", "x-amz-tagging": "a%20b=c%26d",
            "x-amz-checksum-sha256": Self.checksum, "x-amz-sdk-checksum-algorithm": "SHA256", "content-md5": Base64.encode(MD5.hash(Self.bytes)),
            "x-amz-content-sha256": SHA256.hash(Self.bytes).hex, "x-amz-server-side-encryption": "aws:kms",
            "x-amz-server-side-encryption-aws-kms-key-id": "key", "x-amz-server-side-encryption-bucket-key-enabled": "true",
            "x-amz-server-side-encryption-context": Base64.encode(Array(#"{"a":"1","z":"\""}"#.utf8)),
            "x-amz-object-lock-mode": "GOVERNANCE", "x-amz-object-lock-retain-until-date": "2027-01-15T08:00:00Z", "x-amz-object-lock-legal-hold": "ON",
        ]
        for (name, value) in expected { #expect(request.header(name) == value, "\(name)") }
        #expect(request.body == Self.bytes)
    }

    @Test(arguments: [S3Conditions.none, .absent, S3Conditions(ifMatch: "old")])
    func aWriteWhoseAnswerWasLostIsReadBackNotRepeated(conditions: S3Conditions) async throws {
        for fault in [ScriptedResponse.Fault.resetWithoutAnswer, .closeWithoutAnswer] {
            let s3 = try ScriptedS3 { $0.method == "PUT" ? ScriptedResponse(200, faults: [fault]) : Self.ours() }
            let outcome = try await s3.bucket.putObject(key: "k", Self.bytes, conditions: conditions)
            #expect(outcome == PutOutcome(versionID: "v9", etag: "new", sha256: SHA256.hash(Self.bytes), certainty: .readBack))
            #expect(s3.server.requests.map(\.method) == ["PUT", "HEAD"])
        }
        let gateway = try ScriptedS3 { $0.method == "PUT" ? .text(504, "") : Self.ours() }
        #expect(try await gateway.bucket.putObject(key: "k", Self.bytes, conditions: conditions).certainty == .readBack)
    }

    @Test func aWriteThatDidNotArriveIsSentAgain() async throws {
        let s3 = try ScriptedS3 { request in
            switch request.number {
            case 0: ScriptedResponse(200, faults: [.resetWithoutAnswer])
            case 1: .text(404, "")
            default: ScriptedResponse(200, headers: [("ETag", "\"e\"")])
            }
        }
        #expect(try await s3.bucket.putObject(key: "k", Self.bytes).certainty == .answered)
        #expect(s3.server.requests.map(\.method) == ["PUT", "HEAD", "PUT"])
    }

    /// The first write was done but looked absent, the second one fails on its condition: ours after all.
    @Test func aConditionThatFailsAfterALossIsReadBack() async throws {
        let s3 = try ScriptedS3 { request in
            switch request.number {
            case 0: .s3Error(500, "InternalError")
            case 1: .text(404, "")
            case 2: .s3Error(412, "PreconditionFailed")
            default: Self.ours()
            }
        }
        #expect(try await s3.bucket.putObject(key: "k", Self.bytes, conditions: .absent).certainty == .readBack)
        #expect(s3.server.requests.map(\.method) == ["PUT", "HEAD", "PUT", "HEAD"])
    }

    @Test func aConditionThatFailsAtOnceIsAFailureEvenIfTheContentIsTheSame() async throws {
        let s3 = try ScriptedS3 { $0.method == "PUT" ? .s3Error(412, "PreconditionFailed") : Self.ours() }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.putObject(key: "k", Self.bytes, conditions: .absent) }
        #expect(error?.kind == .preconditionFailed)
        #expect(s3.server.requests.count == 1)
    }

    /// The same content from an hour ago is another write; so is other content of the same length.
    @Test func whatWasThereBeforeIsNotTakenForOurs() async throws {
        for there in [Self.ours(.now() - .seconds(3600)), Self.ours(checksum: S3Checksum(SHA256.hash([1])).base64), Self.ours(size: 99)] {
            let s3 = try ScriptedS3 { request in
                if request.method == "HEAD" { return there }
                return request.number == 0 ? ScriptedResponse(200, faults: [.resetWithoutAnswer]) : .s3Error(412, "PreconditionFailed")
            }
            let error = await #expect(throws: S3Error.self) { try await s3.bucket.putObject(key: "k", Self.bytes, conditions: S3Conditions(ifMatch: "old")) }
            #expect(error?.kind == .preconditionFailed)
        }
    }

    @Test func aConditionalWriteThatCannotBeReadBackIsReportedAsOpen() async throws {
        let s3 = try ScriptedS3 { $0.method == "PUT" ? .s3Error(500, "InternalError") : .text(403, "") }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.putObject(key: "k", Self.bytes, conditions: .absent) }
        #expect(error?.message.contains("not known") == true)
        #expect(s3.server.requests.filter { $0.method == "PUT" }.count == 1)
    }

    @Test func conflictsAreRepeatedAndThenReported() async throws {
        let once = try ScriptedS3 { $0.number == 0 ? .s3Error(409, "ConditionalRequestConflict") : ScriptedResponse(200, headers: [("ETag", "\"e\"")]) }
        #expect(try await once.bucket.putObject(key: "k", Self.bytes, conditions: .absent).etag == "e")
        let always = try ScriptedS3 { _ in .s3Error(409, "ConditionalRequestConflict") }
        let error = await #expect(throws: S3Error.self) { try await always.bucket.putObject(key: "k", Self.bytes, conditions: .absent) }
        #expect(error?.kind == .conflict)
        #expect(error?.attempts == 3)
    }

    @Test func aServerThatStoredOtherBytesIsFoundOut() async throws {
        let s3 = try ScriptedS3 { _ in ScriptedResponse(200, headers: [("ETag", "\"e\""), ("x-amz-checksum-sha256", S3Checksum(SHA256.hash([0])).base64)]) }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.putObject(key: "k", Self.bytes) }
        #expect(error?.kind == .damagedBody)
    }

    @Test func aCopyThatSaysErrorAfter200IsRetried() async throws {
        let s3 = try ScriptedS3 { request in
            request.number == 0
                ? .s3Error(200, "InternalError")
                : .text("<CopyObjectResult><ETag>&quot;e&quot;</ETag></CopyObjectResult>", headers: [("x-amz-version-id", "v3"), ("x-amz-copy-source-version-id", "v1")])
        }
        let outcome = try await s3.bucket.copyObject(from: "a b/é", versionID: "v+1", to: "c")
        #expect(outcome == S3CopyOutcome(versionID: "v3", sourceVersionID: "v1", etag: "e"))
        #expect(s3.server.requests[0].header("x-amz-copy-source") == "states/a%20b/%C3%A9?versionId=v%2B1")
        #expect(s3.server.requests.count == 2)
    }

    @Test func deletionsInBulkReportWhatFailedAndSpareNoKey() async throws {
        let s3 = try ScriptedS3 { request in
            if request.method == "DELETE" { return ScriptedResponse(204) }
            return .text("<DeleteResult><Error><Key>b</Key><VersionId>2</VersionId><Code>AccessDenied</Code><Message>locked</Message></Error></DeleteResult>")
        }
        let failures = try await s3.bucket.deleteObjects([S3ObjectIdentifier(key: "a<&", versionID: "1"), S3ObjectIdentifier(key: "b", versionID: "2"), S3ObjectIdentifier(key: "c\u{1B}", versionID: "3")])
        #expect(failures.map(\.kind) == [.accessDenied])
        #expect(failures.first?.place == "s3://states/b@2")
        #expect(s3.targets == ["/states/c%1B?versionId=3", "/states?delete="])
        #expect(String(decoding: s3.server.requests[1].body, as: UTF8.self).contains("<Object><Key>a&lt;&amp;</Key><VersionId>1</VersionId></Object>"))
    }
}
