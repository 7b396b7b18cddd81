@testable import S3
import TestSupport
import Testing

/// Listings over several pages, and servers that never end them.
struct ListingTests {
    private static func page(_ entries: [(key: String, id: String)], next: (key: String, id: String)? = nil, size: Int = 1, truncated: Bool? = nil) -> ScriptedResponse {
        let versions = entries.map {
            "<Version><Key>\($0.key)</Key><VersionId>\($0.id)</VersionId><IsLatest>false</IsLatest><LastModified>2026-11-22T14:02:14.000Z</LastModified><ETag>\"e\"</ETag><Size>\(size)</Size></Version>"
        }
        let markers = next.map { "<NextKeyMarker>\($0.key)</NextKeyMarker><NextVersionIdMarker>\($0.id)</NextVersionIdMarker>" } ?? ""
        return .text("<ListVersionsResult><IsTruncated>\(truncated ?? (next != nil))</IsTruncated>\(markers)\(versions.joined())</ListVersionsResult>")
    }

    private func all(_ s3: ScriptedS3, limits: ListingLimits = ListingLimits()) async throws -> [String] {
        var ids: [String] = []
        for try await page in s3.bucket.objectVersions(prefix: "env:/", limits: limits) { ids += page.map(\.versionID) }
        return ids
    }

    @Test func pagesFollowTheMarkersAndShortPagesAreLegal() async throws {
        let s3 = try ScriptedS3 { request in
            switch request.query("version-id-marker") {
            case nil: Self.page([("a b", "1")], next: ("a b", "1"))
            case "1": Self.page([("a b", "2+/"), ("b", "3")], next: ("b", "3"))
            default: Self.page([("c", "4")])
            }
        }
        #expect(try await all(s3, limits: ListingLimits(pageSize: 500)) == ["1", "2+/", "3", "4"])
        #expect(
            s3.targets == [
                "/states?encoding-type=url&max-keys=500&prefix=env%3A%2F&versions=",
                "/states?encoding-type=url&key-marker=a%20b&max-keys=500&prefix=env%3A%2F&version-id-marker=1&versions=",
                "/states?encoding-type=url&key-marker=b&max-keys=500&prefix=env%3A%2F&version-id-marker=3&versions=",
            ])
    }

    @Test func theNextPageIsFetchedWhileOneIsWorkedOnAndNoFurther() async throws {
        let s3 = try ScriptedS3 { Self.page([("k", "\($0.number)")], next: ("k", "\($0.number)")) }
        var iterator = s3.bucket.objectVersions().makeAsyncIterator()
        _ = try await iterator.next()
        while s3.server.requests.count < 2 { await Task.yield() }
        try await Task.sleep(for: .milliseconds(100))
        #expect(s3.server.requests.count == 2)
    }

    @Test func emptyPagesInBetweenAreLegal() async throws {
        let s3 = try ScriptedS3 { $0.number < 5 ? Self.page([], next: ("k", "\($0.number)")) : Self.page([("k", "last")]) }
        #expect(try await all(s3) == ["last"])
    }

    enum Circle: String, CaseIterable { case sameMarkers, sameMarkersLater, emptyForEver, samePageUnderNewMarkers, backAndForth }

    @Test(arguments: Circle.allCases)
    func aListingThatMakesNoProgressEnds(circle: Circle) async throws {
        let s3 = try ScriptedS3 { request in
            let n = request.number
            switch circle {
            case .sameMarkers: return Self.page([("k", "\(n)")], next: ("k", "1"))
            case .sameMarkersLater: return Self.page([("k\(n)", "\(n)")], next: ("k\(n % 7)", "1"))
            case .emptyForEver: return Self.page([], next: ("k\(n)", "1"))
            case .samePageUnderNewMarkers: return Self.page([("a", "1"), ("a", "2")], next: ("k\(n)", "1"))
            case .backAndForth: return Self.page([("a\(n % 2)", "\(n % 2)"), ("b\(n % 2)", "\(n % 2)")], next: ("k\(n)", "1"))
            }
        }
        let error = await #expect(throws: S3Error.self) { try await all(s3, limits: ListingLimits(maxEmptyPages: 20)) }
        #expect(error?.kind == .damagedListing)
        #expect(s3.server.requests.count <= 23)
    }

    @Test func oneVersionToldInTwoWaysIsDamageAndToldTwiceIsOne() async throws {
        let twice = try ScriptedS3 { $0.number == 0 ? Self.page([("k", "1"), ("k", "2")], next: ("k", "2")) : Self.page([("k", "2"), ("k", "3")]) }
        #expect(try await all(twice) == ["1", "2", "3"])
        let otherwise = try ScriptedS3 { $0.number == 0 ? Self.page([("k", "1"), ("k", "2")], next: ("k", "2")) : Self.page([("k", "2"), ("k", "3")], size: 2) }
        let error = await #expect(throws: S3Error.self) { try await all(otherwise) }
        #expect(error?.kind == .damagedListing)
    }

    /// moto's pages: all versions, then all delete markers. `0` to `9` after the name is the second of an entry, `*` the latest.
    private static func versionsFirst(_ versions: [String], _ markers: [String], next: (key: String, id: String)? = nil) -> ScriptedResponse {
        func entry(_ text: String, _ kind: String, _ rest: String) -> String {
            let isLatest = text.hasSuffix("*")
            let name = isLatest ? text.dropLast() : text[...]
            return "<\(kind)><Key>\(name.prefix(1))</Key><VersionId>\(name)</VersionId><IsLatest>\(isLatest)</IsLatest>"
                + "<LastModified>2026-11-22T14:02:0\(name.suffix(1))Z</LastModified>\(rest)</\(kind)>"
        }
        let markersOfPage = next.map { "<NextKeyMarker>\($0.key)</NextKeyMarker><NextVersionIdMarker>\($0.id)</NextVersionIdMarker>" } ?? ""
        return .text(
            "<ListVersionsResult><IsTruncated>\(next != nil)</IsTruncated>\(markersOfPage)"
                + versions.map { entry($0, "Version", "<ETag>\"e\"</ETag><Size>1</Size>") }.joined() + markers.map { entry($0, "DeleteMarker", "") }.joined() + "</ListVersionsResult>")
    }

    @Test func deleteMarkersListedBehindAllVersionsTakeTheirPlace() async throws {
        let s3 = try ScriptedS3 { _ in Self.versionsFirst(["av3", "av1", "bv5*", "dv2"], ["am5*", "am2", "cm4*", "dm3*"]) }
        #expect(try await all(s3) == ["am5", "av3", "am2", "av1", "bv5", "cm4", "dm3", "dv2"])
    }

    @Test func ofOneSecondAMarkerStandsBetweenTheVersionsThatItMayHaveDeleted() async throws {
        let locks = try ScriptedS3 { _ in Self.versionsFirst(["a3v1", "a2v1", "a1v1", "b2v7*", "b1v7"], ["a3m1*", "a2m1", "a1m1", "b1m7"]) }
        #expect(try await all(locks) == ["a3m1", "a3v1", "a2m1", "a2v1", "a1m1", "a1v1", "b2v7", "b1m7", "b1v7"])
    }

    @Test func aKeyThatGoesOnOverThePageIsPutTogetherTheSameWay() async throws {
        let s3 = try ScriptedS3 { request in
            request.number == 0
                ? Self.versionsFirst(["av9*", "k3v5*"], ["am8", "k3m5"], next: ("k", "k3m5"))
                : Self.versionsFirst(["k2v5", "k1v5", "zv1*"], ["k2m5", "km1", "xm2*"])
        }
        #expect(try await all(s3) == ["av9", "am8", "k3v5", "k3m5", "k2v5", "k2m5", "k1v5", "km1", "xm2", "zv1"])
    }

    @Test(arguments: [(["av3*", "av2"], ["am2", "am1"]), (["av3*", "bv2*"], ["bm2", "cm9*"]), ([], ["am2*", "am1"]), (["zv1*", "bv1*", "bv0"], ["bm0", "cm3*"])])
    func aTruthfulOrderIsLeftAlone(versions: [String], markers: [String]) async throws {
        let s3 = try ScriptedS3 { _ in Self.versionsFirst(versions, markers) }
        #expect(try await all(s3) == (versions + markers).map { $0.replacing("*", with: "") })
    }

    @Test func composedAndDecomposedTwinsWithoutVersionsAreTwoObjects() async throws {
        let s3 = try ScriptedS3 { _ in
            .text(
                "<ListVersionsResult>"
                    + [("e\u{301}", 1), ("é", 2)].map { "<Version><Key>\($0.0)</Key><VersionId>null</VersionId><LastModified>2026-11-22T14:02:14Z</LastModified><Size>\($0.1)</Size></Version>" }.joined()
                    + "</ListVersionsResult>")
        }
        #expect(try await all(s3).count == 2)
    }

    @Test(arguments: ["", "<html>", "<Error><Code>InternalError</Code></Error>", "<ListBucketResult/>", "<ListVersionsResult><Version>"])
    func anAnswerThatIsNoListingIsRetriedAndThenAnErrorNeverAnEmptyBucket(body: String) async throws {
        let s3 = try ScriptedS3 { _ in .text(body) }
        let error = await #expect(throws: S3Error.self) { try await all(s3) }
        #expect(error?.kind == .damagedListing || error?.kind == .serverFault)
        #expect(s3.server.requests.count == 3)
        let once = try ScriptedS3 { $0.number == 0 ? .text(body) : Self.page([("k", "1")]) }
        #expect(try await all(once) == ["1"])
    }

    @Test func aCancelledListingEnds() async throws {
        let s3 = try ScriptedS3 { _ in ScriptedResponse(200, faults: [.neverAnswer]) }
        let task = Task { try await all(s3) }
        while s3.server.requests.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func currentObjectsFollowTheContinuationToken() async throws {
        let s3 = try ScriptedS3 { request in
            request.query("continuation-token") == nil
                ? .text(
                    "<ListBucketResult><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextContinuationToken>t+/=</NextContinuationToken><Contents><Key>a%2Fb+c</Key><LastModified>2026-11-22T14:02:14Z</LastModified><ETag>&#34;e&#34;</ETag><Size>3</Size></Contents><CommonPrefixes><Prefix>d%2F</Prefix></CommonPrefixes></ListBucketResult>")
                : .text("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
        }
        var pages: [S3ObjectPage] = []
        for try await page in s3.bucket.objects(delimiter: "/") { pages.append(page) }
        #expect(pages.map { $0.objects.map(\.key) } == [["a/b c"], []])
        #expect(pages[0].commonPrefixes == ["d/"])
        #expect(s3.server.requests.last?.query("continuation-token") == "t+/=")
    }
}
