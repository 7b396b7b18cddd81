import AWSEndpoints
import Cryptography
import HTTPTransport
@testable import S3
import TestSupport
import Testing

/// What bad networks and bad servers do to a download. The bar: good bytes, or a typed error; never bad bytes.
struct GetObjectFaultTests {
    private let bytes = pseudoRandomBytes(count: 50_000, seed: 42)

    private func md5(_ bytes: [UInt8]) -> String { "\"\(Hex.encode(MD5.hash(bytes)))\"" }

    @Test(arguments: [ScriptedResponse.Fault.resetAfter(bodyBytes: 20_000), .closeAfter(bodyBytes: 20_000)])
    func aBrokenBodyIsContinuedFromItsLastByteOfTheSameVersion(fault: ScriptedResponse.Fault) async throws {
        let bytes = bytes
        let etag = md5(bytes)
        let s3 = try ScriptedS3 { request in
            guard let range = request.header("range") else { return .object(bytes, etag: etag, faults: [fault]) }
            let first = Int(range.dropFirst(6).prefix { $0 != "-" }) ?? 0
            return .object(Array(bytes[first...]), etag: etag, headers: [("Content-Range", "bytes \(first)-\(bytes.count - 1)/\(bytes.count)")], status: 206)
        }
        let object = try await s3.bucket.getObject(key: "k", versionID: "v1", expecting: S3Expectation(size: 50_000))
        #expect(object.bytes == bytes)
        #expect(object.evidence.md5)
        let second = try #require(s3.server.requests.last)
        #expect(second.query("versionId") == "v1")
        #expect(second.header("if-match") == etag)
        #expect(second.header("range")?.hasSuffix("-49999") == true)
        #expect(s3.server.requests.count == 2)
    }

    @Test func aServerThatIgnoresTheRangeGivesTheWholeAgain() async throws {
        let bytes = bytes
        let etag = md5(bytes)
        let s3 = try ScriptedS3 { .object(bytes, etag: etag, faults: $0.number == 0 ? [.resetAfter(bodyBytes: 30_000)] : []) }
        #expect(try await s3.bucket.getObject(key: "k", versionID: "v1").bytes == bytes)
    }

    @Test func aContinuationOfAnotherObjectIsThrownAwayAndReadAnew() async throws {
        let bytes = bytes
        let other = pseudoRandomBytes(count: 50_000, seed: 43)
        let (old, new) = (md5(bytes), md5(other))
        let s3 = try ScriptedS3 { request in
            switch request.number {
            case 0: .object(bytes, etag: old, faults: [.resetAfter(bodyBytes: 10_000)])
            case 1: .object(Array(other[10_000...]), etag: new, headers: [("Content-Range", "bytes 10000-49999/50000")], status: 206)
            default: .object(other, etag: new)
            }
        }
        #expect(try await s3.bucket.getObject(key: "k").bytes == other)
    }

    @Test func anObjectThatChangesWhileItIsReadIsReadAnew() async throws {
        let bytes = bytes
        let etag = md5(bytes)
        let s3 = try ScriptedS3 { request in
            switch request.number {
            case 0: .object(Array(bytes.reversed()), etag: "\"0123\"", version: nil, faults: [.resetAfter(bodyBytes: 10_000)])
            case 1: .s3Error(412, "PreconditionFailed")
            default: .object(bytes, etag: etag, version: nil)
            }
        }
        #expect(try await s3.bucket.getObject(key: "k").bytes == bytes)
        #expect(s3.server.requests[2].header("range") == nil)
    }

    /// A length that claims more than there is: the server ends early, and refuses the rest that does not exist.
    @Test func aLengthThatClaimsTooMuchIsDamageAndReadAnew() async throws {
        let bytes = bytes
        let etag = md5(bytes)
        func answer(_ lies: @escaping @Sendable (Int) -> Bool) -> ScriptedServer.Handler {
            { request in
                if request.header("range") != nil { return .s3Error(416, "InvalidRange") }
                return .object(bytes, etag: etag, framing: lies(request.number) ? .claimedLength(60_000) : .length, faults: lies(request.number) ? [.closeAfter(bodyBytes: 50_000)] : [])
            }
        }
        let once = try ScriptedS3({ _ in }, answer { $0 == 0 })
        #expect(try await once.bucket.getObject(key: "k", versionID: "v1").bytes == bytes)
        let always = try ScriptedS3({ _ in }, answer { _ in true })
        let error = await #expect(throws: S3Error.self) { try await always.bucket.getObject(key: "k", versionID: "v1") }
        #expect(error?.kind == .damagedBody || error?.kind == .transport)
    }

    /// The deadline of one request is not that of the object: what came stays, the rest is fetched by the next.
    @Test func aSlowBodyGoesOnInTheNextRequest() async throws {
        let bytes = bytes
        let etag = md5(bytes)
        let s3 = try ScriptedS3({ $0.limits.deadline = .seconds(4) }) { request in
            guard let range = request.header("range") else { return .object(bytes, etag: etag, faults: [.stallAfter(bodyBytes: 20_000)]) }
            let first = Int(range.dropFirst(6).prefix { $0 != "-" }) ?? 0
            return .object(Array(bytes[first...]), etag: etag, headers: [("Content-Range", "bytes \(first)-\(bytes.count - 1)/\(bytes.count)")], status: 206)
        }
        #expect(try await s3.bucket.getObject(key: "k", versionID: "v1").bytes == bytes)
        #expect(s3.server.requests.count == 2)
    }

    enum Lie: String, CaseIterable {
        case flippedByteUnderMD5, flippedByteUnderContentMD5, flippedByteUnderCRC32, flippedByteUnderCRC32C, flippedByteUnderCRC64
        case flippedByteUnderSHA1, flippedByteUnderSHA256, tooShort, tooLong, otherVersion, otherETag, emptyAnswer, errorAsObject
    }

    /// Each lie once, then the truth: the truth comes back. Each lie for ever: an error of its own kind.
    @Test(arguments: Lie.allCases)
    func aBodyThatContradictsWhatIsKnownIsNeverReturned(lie: Lie) async throws {
        let bytes = bytes
        let etag = md5(bytes)
        let response: @Sendable (Bool) -> ScriptedResponse = { lies in
            var flipped = bytes
            flipped[25_000] ^= 1
            func sum(_ algorithm: S3ChecksumAlgorithm) -> ScriptedResponse {
                let value = Base64.encode(bytes.withUnsafeBytes { algorithm.checksum(of: $0) })
                return .object(lies ? flipped : bytes, etag: "\"listed-2\"", headers: [(algorithm.headerName, value)])
            }
            switch lie {
            case .flippedByteUnderMD5: return .object(lies ? flipped : bytes, etag: etag)
            case .flippedByteUnderContentMD5:
                return .object(lies ? flipped : bytes, etag: "\"listed-2\"", headers: [("Content-MD5", Base64.encode(MD5.hash(bytes)))])
            case .flippedByteUnderCRC32: return sum(.crc32)
            case .flippedByteUnderCRC32C: return sum(.crc32c)
            case .flippedByteUnderCRC64: return sum(.crc64nvme)
            case .flippedByteUnderSHA1: return sum(.sha1)
            case .flippedByteUnderSHA256: return sum(.sha256)
            // Shorter or longer than listed, and consistent in itself: only the listing tells.
            case .tooShort: return .object(lies ? Array(bytes.dropLast()) : bytes, etag: "\"listed-2\"")
            case .tooLong: return .object(lies ? bytes + [0] : bytes, etag: "\"listed-2\"")
            case .otherVersion: return .object(bytes, etag: etag, version: lies ? "v2" : "v1")
            case .otherETag: return .object(bytes, etag: lies ? "\"other-2\"" : "\"listed-2\"")
            case .emptyAnswer: return lies ? ScriptedResponse(200) : .object(bytes, etag: etag)
            case .errorAsObject: return lies ? .s3Error(200, "InternalError") : .object(bytes, etag: etag)
            }
        }
        let listed = response(false).headers.first { $0.name == "ETag" }?.value
        let expectation = S3Expectation(size: 50_000, etag: listed.map(unquoted))
        let once = try ScriptedS3 { response($0.number == 0) }
        #expect(try await once.bucket.getObject(key: "k", versionID: "v1", expecting: expectation).bytes == bytes)
        #expect(once.server.requests.count == 2)
        let always = try ScriptedS3 { _ in response(true) }
        let error = await #expect(throws: S3Error.self) { try await always.bucket.getObject(key: "k", versionID: "v1", expecting: expectation) }
        #expect(error?.kind == .damagedBody)
        #expect(error?.attempts == 3)
        #expect(error?.place == "s3://states/k@v1")
    }

    @Test func anETagThatIsNoMD5ProvesNothingAndBlocksNothing() async throws {
        let s3 = try ScriptedS3 { request in
            switch request.path {
            case "/states/multipart": .object([1, 2, 3], etag: "\"0123456789abcdef0123456789abcdef-2\"")
            case "/states/kms": .object([1, 2, 3], etag: "\"0123456789abcdef0123456789abcdef\"", headers: [("x-amz-server-side-encryption", "aws:kms")])
            case "/states/own-key":
                .object([1, 2, 3], etag: "\"0123456789abcdef0123456789abcdef\"", headers: [("x-amz-server-side-encryption-customer-algorithm", "AES256")])
            default: .object([1, 2, 3], etag: "\"0123456789abcdef0123456789abcdef\"", headers: [("x-amz-checksum-crc32", "AAAAAA==-2"), ("x-amz-server-side-encryption", "aws:kms:dsse")])
            }
        }
        for key in ["multipart", "kms", "own-key", "composite"] {
            let object = try await s3.bucket.getObject(key: key, versionID: "v1")
            #expect(object.bytes == [1, 2, 3])
            #expect(!object.evidence.isByContent)
        }
    }

    @Test func answersOfProxiesAreNoObjectsAndErrorsSaySo() async throws {
        let s3 = try ScriptedS3 { _ in .text(503, "<html><body>maintenance</body></html>", headers: [("Content-Type", "text/html")]) }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k") }
        #expect(error?.kind == .serverFault)
        #expect(error?.status == 503)
        #expect(error?.message.contains("text/html") == true)
        #expect(error?.attempts == 3)
    }

    @Test func aBodyThatStallsOrDripsEnds() async throws {
        let bytes = bytes
        let stalled = try ScriptedS3({ $0.limits.stallTime = .seconds(1); $0.retry.maxAttempts = 1 }) { _ in .object(bytes, faults: [.stallAfter(bodyBytes: 100)]) }
        let stall = await #expect(throws: S3Error.self) { try await stalled.bucket.getObject(key: "k") }
        #expect(stall?.kind == .transport)
        let dripped = try ScriptedS3({ $0.objectDeadline = .seconds(2) }) { _ in .object(bytes, faults: [.drip(bytes: 10, every: .milliseconds(20))]) }
        let drip = await #expect(throws: S3Error.self) { try await dripped.bucket.getObject(key: "k") }
        #expect(drip?.kind == .deadline)
    }

    @Test func compressedObjectsAreGivenAsStored() async throws {
        let s3 = try ScriptedS3 { _ in .object([0x1F, 0x8B, 8, 0], headers: [("Content-Encoding", "gzip")]) }
        let object = try await s3.bucket.getObject(key: "k")
        #expect(object.bytes == [0x1F, 0x8B, 8, 0])
        #expect(object.head.contentEncoding == "gzip")
    }

    @Test func anObjectLargerThanTheLimitIsRefusedOnce() async throws {
        let bytes = bytes
        let s3 = try ScriptedS3({ $0.limits.maxBodyBytes = 1000 }) { _ in .object(bytes) }
        let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k") }
        #expect(error?.kind == .configuration)
        #expect(s3.server.requests.count == 1)
    }

    @Test func deleteMarkersAreToldFromMissingObjects() async throws {
        let s3 = try ScriptedS3 { request in
            request.query("versionId") != nil
                ? .s3Error(405, "MethodNotAllowed", headers: [("x-amz-delete-marker", "true")])
                : .s3Error(404, "NoSuchKey", headers: [("x-amz-delete-marker", "true"), ("x-amz-version-id", "m")])
        }
        for version in [nil, "m"] {
            let error = await #expect(throws: S3Error.self) { try await s3.bucket.getObject(key: "k", versionID: version) }
            #expect(error?.kind == .deleteMarker)
        }
        #expect(s3.server.requests.count == 2)
    }
}
