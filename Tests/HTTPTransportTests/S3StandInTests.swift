import HTTPTransport
import TestSupport
import Testing

/// The stand-in that other suites lean on must itself answer as S3 does.
@Suite struct S3StandInTests {
    let s3: S3StandIn
    let client: CurlClient

    init() throws {
        s3 = try S3StandIn(clock: { 1_795_000_000 })
        s3.createBucket("b")
        client = try CurlClient()
    }

    private func send(_ method: String, _ target: String, _ headers: HTTPHeaders = [:], body: String? = nil) async throws -> HTTPResponse {
        try await client.send(HTTPRequest(method: method, url: s3.url + target, headers: headers, body: body.map { .bytes(Array($0.utf8)) } ?? .none))
    }

    private func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    /// The text of every element of a name, in order.
    private func elements(_ name: String, _ xml: String) -> [String] {
        xml.split(separator: "<\(name)>", omittingEmptySubsequences: false).dropFirst().compactMap { $0.split(separator: "</\(name)>", omittingEmptySubsequences: false).first.map(String.init) }
    }

    @Test func versionsAreKeptAndReadByID() async throws {
        let first = try #require(try await send("PUT", "/b/dir/k", body: "one").headers["x-amz-version-id"])
        let second = try #require(try await send("PUT", "/b/dir/k", ["Content-Type": "application/json"], body: "two").headers["x-amz-version-id"])
        #expect(first != second)
        #expect(try await text(send("GET", "/b/dir/k")) == "two")
        let old = try await send("GET", "/b/dir/k?versionId=\(first)")
        #expect(text(old) == "one")
        #expect(old.headers["etag"] == "\"f97c5d29941bfb1b2fdab0874906ab82\"")
        #expect(old.headers["x-amz-version-id"] == first)
        #expect(old.headers["Last-Modified"] == "Wed, 18 Nov 2026 11:06:40 GMT")
        let head = try await send("HEAD", "/b/dir/k")
        #expect(head.headers["content-length"] == "3")
        #expect(head.headers["content-type"] == "application/json")
        #expect(try await send("GET", "/b/dir/k?versionId=nope").status == 404)
        #expect(try await elements("Code", text(send("GET", "/b/none"))) == ["NoSuchKey"])
        #expect(try await elements("Code", text(send("GET", "/none/k"))) == ["NoSuchBucket"])
    }

    @Test func deleteMarkersAnswer404And405() async throws {
        let id = s3.put(S3StandIn.Body("x"), key: "k", bucket: "b")
        let marker = try #require(try await send("DELETE", "/b/k").headers["x-amz-version-id"])
        let current = try await send("GET", "/b/k")
        #expect(current.status == 404 && current.headers["x-amz-delete-marker"] == "true")
        let byID = try await send("GET", "/b/k?versionId=\(marker)")
        #expect(byID.status == 405 && byID.headers["x-amz-delete-marker"] == "true")
        #expect(try await send("GET", "/b/k?versionId=\(id)").status == 200)
        #expect(try await send("DELETE", "/b/k?versionId=\(marker)").headers["x-amz-delete-marker"] == "true")
        #expect(try await text(send("GET", "/b/k")) == "x")
    }

    @Test func withoutVersioningTheOnlyVersionIsNull() async throws {
        s3.createBucket("plain", versioning: .off)
        #expect(try await send("PUT", "/plain/k", body: "1").headers["x-amz-version-id"] == nil)
        _ = try await send("PUT", "/plain/k", body: "2")
        #expect(s3.versions(of: "k", in: "plain").map(\.id) == ["null"])
        s3.setVersioning(.enabled, of: "plain")
        _ = try await send("PUT", "/plain/k", body: "3")
        s3.setVersioning(.suspended, of: "plain")
        #expect(try await send("PUT", "/plain/k", body: "4").headers["x-amz-version-id"] == "null")
        #expect(s3.versions(of: "k", in: "plain").count == 2)
        #expect(s3.versions(of: "k", in: "plain").last?.id == "null")
        #expect(try await text(send("GET", "/plain/k?versionId=null")) == "4")
        #expect(try await elements("Status", text(send("GET", "/plain?versioning"))) == ["Suspended"])
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func versionsAndMarkersAreListedInOneOrderOverPages(page: Int) async throws {
        var expected: [String] = []
        for key in ["a", "a b/ü", "b+c", "z"] {
            var ids = [s3.put(S3StandIn.Body(key), key: key, bucket: "b"), s3.put(nil, key: key, bucket: "b"), s3.put(S3StandIn.Body("2"), key: key, bucket: "b")]
            ids.reverse()
            expected += ids
        }
        var seen: [String] = []
        var keys: [String] = []
        var marker = ""
        repeat {
            let xml = try await text(send("GET", "/b?versions=&encoding-type=url&max-keys=\(page)\(marker)"))
            seen += elements("VersionId", xml)
            keys += elements("Key", xml)
            guard elements("IsTruncated", xml) == ["true"], let key = elements("NextKeyMarker", xml).first, let id = elements("NextVersionIdMarker", xml).first else { break }
            #expect(elements("VersionId", xml).count == page)
            marker = "&key-marker=\(key.replacing("+", with: "%20"))&version-id-marker=\(id)"
        } while seen.count < 100
        #expect(seen == expected)
        #expect(keys.filter { $0 == "a+b/%C3%BC" }.count == 3)
        #expect(keys.filter { $0 == "b%2Bc" }.count == 3)
    }

    @Test func prefixesAndDelimitersNarrowAListing() async throws {
        for key in ["x/1", "x/2/a", "x/2/b", "y"] { s3.put(S3StandIn.Body("1"), key: key, bucket: "b") }
        let xml = try await text(send("GET", "/b?versions&prefix=x/&delimiter=/"))
        #expect(elements("Key", xml) == ["x/1"])
        #expect(elements("Prefix", xml) == ["x/", "x/2/"])
        let current = try await text(send("GET", "/b?list-type=2&max-keys=3"))
        #expect(elements("Key", current) == ["x/1", "x/2/a", "x/2/b"])
        let token = try #require(elements("NextContinuationToken", current).first)
        #expect(try await elements("Key", text(send("GET", "/b?list-type=2&continuation-token=\(token)"))) == ["y"])
    }

    @Test func keysAreBytesNotCharacters() async throws {
        for target in ["/b/n%C3%A9", "/b/ne%CC%81", "/b/a%00%1B", "/b/..%2F..%2Fetc", "/b/a//b"] { #expect(try await send("PUT", target, body: target).status == 200) }
        #expect(s3.keys(of: "b").count == 5)
        #expect(try await text(send("GET", "/b/n%C3%A9")) == "/b/n%C3%A9")
        #expect(try await text(send("GET", "/b?versions")).contains("<Key>a&#x0;&#x1b;</Key>"))
    }

    @Test func conditionsGuardWrites() async throws {
        #expect(try await send("PUT", "/b/k", ["If-None-Match": "*"], body: "1").status == 200)
        #expect(try await send("PUT", "/b/k", ["If-None-Match": "*"], body: "2").status == 412)
        #expect(try await send("PUT", "/b/k", ["If-Match": "\"c4ca4238a0b923820dcc509a6f75849b\""], body: "2").status == 200)
        #expect(try await send("PUT", "/b/k", ["If-Match": "\"c4ca4238a0b923820dcc509a6f75849b\""], body: "3").status == 412)
        #expect(try await send("PUT", "/b/absent", ["If-Match": "\"x\""], body: "3").status == 404)
        _ = try await send("DELETE", "/b/k")
        #expect(try await send("PUT", "/b/k", ["If-None-Match": "*"], body: "4").status == 200)
    }

    @Test func checksumsAreVerifiedKeptAndGivenWhenAskedFor() async throws {
        // Check values of "123456789" from the catalogue of CRC algorithms.
        let known: [(S3StandIn.Checksum, String)] = [(.crc32, "y/Q5Jg=="), (.crc32c, "4waSgw=="), (.crc64nvme, "rosUhgp5mIg=")]
        for (checksum, value) in known {
            #expect(checksum.value(of: Array("123456789".utf8)) == value)
            #expect(try await send("PUT", "/b/k", HTTPHeaders([(checksum.header, value)]), body: "123456789").headers[checksum.header] == value)
            #expect(try await send("GET", "/b/k").headers[checksum.header] == nil)
            #expect(try await send("GET", "/b/k", ["x-amz-checksum-mode": "ENABLED"]).headers[checksum.header] == value)
            #expect(try await send("PUT", "/b/k", HTTPHeaders([(checksum.header, value)]), body: "12345678").status == 400)
        }
        #expect(try await send("PUT", "/b/k", ["x-amz-content-sha256": String(repeating: "0", count: 64)], body: "x").status == 400)
        #expect(try await send("PUT", "/b/k", ["Content-MD5": "AAAAAAAAAAAAAAAAAAAAAA=="], body: "x").status == 400)
    }

    @Test func rangesAndCopiesWork() async throws {
        let id = s3.put(S3StandIn.Body("0123456789"), key: "k k", bucket: "b")
        #expect(try await text(send("GET", "/b/k%20k", ["Range": "bytes=2-4"])) == "234")
        let tail = try await send("GET", "/b/k%20k", ["Range": "bytes=-3"])
        #expect(tail.status == 206 && text(tail) == "789" && tail.headers["content-range"] == "bytes 7-9/10")
        #expect(try await send("GET", "/b/k%20k", ["Range": "bytes=10-"]).status == 416)
        let copy = try await send("PUT", "/b/copy", HTTPHeaders([("x-amz-copy-source", "/b/k%20k?versionId=\(id)")]))
        #expect(copy.status == 200 && copy.headers["x-amz-copy-source-version-id"] == id)
        #expect(try await text(send("GET", "/b/copy")) == "0123456789")
    }

    @Test func faultsStrikeTheRequestsTheyAreMeantForAndEnd() async throws {
        s3.put(S3StandIn.Body("0123456789"), key: "k", bucket: "b")
        s3.inject(.slowDown, times: 2) { $0.operation == .getObject }
        #expect(try await send("GET", "/b/k").status == 503)
        #expect(try await send("HEAD", "/b/k").status == 200)
        #expect(try await send("GET", "/b/k").status == 503)
        #expect(try await send("GET", "/b/k").status == 200)
        s3.inject(.flipByte(at: 3), times: 1)
        #expect(try await text(send("GET", "/b/k")) == "0122456789")
        s3.inject(.cut(to: 4), times: 1)
        #expect(try await text(send("GET", "/b/k")) == "0123")
        s3.inject(.header("x-amz-version-id", "wrong"), times: 1)
        #expect(try await send("GET", "/b/k").headers["x-amz-version-id"] == "wrong")
        s3.inject(.errorIn200(code: "InternalError"), times: 1)
        let lie = try await send("GET", "/b/k")
        #expect(lie.status == 200 && text(lie).contains("<Error><Code>InternalError"))
        s3.inject(.claimLength(20), times: 1)
        let cut = await transportError { _ = try await send("GET", "/b/k") }
        guard case .truncated(expected: 20, got: 10) = cut?.code else { Issue.record("\(String(describing: cut))"); return }
        s3.inject(.wire(.resetWithoutAnswer), times: 1)
        _ = await transportError { _ = try await send("PUT", "/b/lost", body: "x") }
        #expect(s3.versions(of: "lost", in: "b").count == 1, "the answer was lost, the object was not")
        #expect(s3.requests.last?.operation == .putObject)
    }

    @Test func theClockTheRegionAndTheSignatureAreCheckedWhenAsked() async throws {
        s3.createBucket("eu", region: "eu-west-1")
        s3.changeSettings { $0.requiresAuthorization = true; $0.checksRegion = true; $0.checksClock = true; $0.clockOffset = 86_400 }
        #expect(try await send("GET", "/eu?location").status == 403)
        let scope = "AWS4-HMAC-SHA256 Credential=AKID/20261117/us-east-1/s3/aws4_request"
        let skewed = try await send("GET", "/eu?location", ["Authorization": scope, "x-amz-date": "20261118T110640Z"])
        #expect(elements("Code", text(skewed)) == ["RequestTimeTooSkewed"])
        #expect(skewed.headers["Date"] == "Thu, 19 Nov 2026 11:06:40 GMT")
        let wrong = try await send("GET", "/eu?location", ["Authorization": scope, "x-amz-date": "20261119T110640Z"])
        #expect(wrong.status == 400 && elements("Region", text(wrong)) == ["eu-west-1"])
    }

    @Test func aHundredThousandVersionsAreListedPageByPage() async throws {
        let body = S3StandIn.Body("x")
        s3.load((0..<100_000).lazy.map { (key: "env/\($0 / 10)/terraform.tfstate", body: body) }, into: "b")
        let first = try await text(send("GET", "/b?versions&max-keys=1000"))
        #expect(elements("VersionId", first).count == 1000)
        let last = try await text(send("GET", "/b?versions&key-marker=env/9998/terraform.tfstate"))
        #expect(elements("VersionId", last).count == 10)
        #expect(elements("IsTruncated", last) == ["false"])
    }
}
