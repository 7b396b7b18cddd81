@testable import S3
import Testing
import Timestamps

/// The dialects of ListObjectVersions, as real servers were seen to speak them. The snippets are our own.
struct VersionListAnswerTests {
    private func parse(_ text: String) throws -> VersionListAnswer { try VersionListAnswer(parsing: Array(text.utf8)) }

    private func entry(_ key: String, _ id: String, kind: String = "Version", rest: String = "<ETag>\"e\"</ETag><Size>1</Size>") -> String {
        "<\(kind)><Key>\(key)</Key><VersionId>\(id)</VersionId><IsLatest>false</IsLatest><LastModified>2026-11-22T14:02:14Z</LastModified>\(rest)</\(kind)>"
    }

    private func page(_ body: String) throws -> VersionListAnswer { try parse("<ListVersionsResult>\(body)</ListVersionsResult>") }

    @Test func theAnswerOfAWS() throws {
        let answer = try parse(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix></Prefix><KeyMarker></KeyMarker>\
            <VersionIdMarker></VersionIdMarker><NextKeyMarker>env%3A%2Fa+b</NextKeyMarker><NextVersionIdMarker>x+/y</NextVersionIdMarker>\
            <MaxKeys>2</MaxKeys><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>\
            <DeleteMarker><Key>env%3A%2Fa+b</Key><VersionId>m1</VersionId><IsLatest>true</IsLatest><LastModified>2026-11-22T14:02:15.000Z</LastModified>\
            <Owner><ID>o</ID></Owner></DeleteMarker>\
            <Version><Key>env%3A%2Fa+b</Key><VersionId>x+/y</VersionId><IsLatest>false</IsLatest><LastModified>2026-11-22T14:02:14.000Z</LastModified>\
            <ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag><ChecksumAlgorithm>SHA256</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>\
            <Size>1810</Size><Owner><ID>o</ID><DisplayName>d</DisplayName></Owner><StorageClass>STANDARD</StorageClass></Version></ListVersionsResult>
            """)
        #expect(answer.page.map(\.key) == ["env:/a b", "env:/a b"])
        #expect(answer.page.map(\.isDeleteMarker) == [true, false])
        let version = answer.page[1]
        #expect(version.etag == "d41d8cd98f00b204e9800998ecf8427e")
        #expect((version.size, version.storageClass, version.checksumAlgorithms) == (1810, "STANDARD", [.sha256]))
        #expect(version.lastModified == Timestamp(rfc3339: "2026-11-22T14:02:14Z"))
        #expect(answer.next == ListingCursor(keyMarker: "env:/a b", versionIDMarker: "x+/y"))
    }

    @Test func quotesOfETagsComeInThreeWays() throws {
        let answer = try page(
            entry("a", "1", rest: "<ETag>\"e1\"</ETag><Size>1</Size>") + entry("a", "2", rest: "<ETag>&#34;e2&#34;</ETag><Size>1</Size>")
                + entry("a", "3", rest: "<ETag>&quot;e3&quot;</ETag><Size>1</Size>") + entry("a", "4", rest: "<ETag>e4</ETag><Size>1</Size>"))
        #expect(answer.page.map(\.etag) == ["e1", "e2", "e3", "e4"])
    }

    @Test func namesAreDecodedOnlyWhenTheServerSaysThatItEncodedThem() throws {
        #expect(try page(entry("a+b%20c", "1")).page[0].key == "a+b%20c")
        #expect(try page("<EncodingType>url</EncodingType>" + entry("a+b%20c%C3%A9%1B", "1")).page[0].key == "a b cé\u{1B}")
        #expect(try page(entry("a+b%20c", "1") + "<EncodingType>url</EncodingType>").page[0].key == "a b c")
        #expect(try page(entry("a&#x1B;b", "1")).page[0].key == "a\u{1B}b")
        #expect(throws: XMLFault.self) { try page("<EncodingType>url</EncodingType>" + entry("a%2", "1")) }
    }

    @Test func composedAndDecomposedKeysStayApart() throws {
        let answer = try page(entry("e\u{301}", "null") + entry("é", "null"))
        #expect(answer.page.map { Array($0.key.utf8) } == [Array("e\u{301}".utf8), Array("é".utf8)])
        #expect(answer.page[0] != answer.page[1])
    }

    @Test func missingMarkersAreTakenFromTheEndOfThePage() throws {
        let both = entry("a", "1") + entry("b", "2", kind: "DeleteMarker", rest: "")
        #expect(try page("<IsTruncated>true</IsTruncated>" + both).next == ListingCursor(keyMarker: "b", versionIDMarker: "2"))
        #expect(try page("<IsTruncated>true</IsTruncated><NextKeyMarker>b</NextKeyMarker>" + both).next == ListingCursor(keyMarker: "b", versionIDMarker: "2"))
        #expect(try page("<IsTruncated>true</IsTruncated><NextKeyMarker>c</NextKeyMarker><NextVersionIdMarker/>" + both).next == ListingCursor(keyMarker: "c"))
        #expect(try page("<IsTruncated>false</IsTruncated><NextKeyMarker>c</NextKeyMarker>" + both).next == nil)
        #expect(try page("<NextKeyMarker/>" + both).next == nil)
        #expect(throws: XMLFault.self) { try page("<IsTruncated>true</IsTruncated>") }
        #expect(
            try page("<IsTruncated>true</IsTruncated>" + entry("a", "1") + "<CommonPrefixes><Prefix>z/</Prefix></CommonPrefixes>").next
                == ListingCursor(keyMarker: "z/"))
    }

    @Test func versionsWithoutAnIDAreNull() throws {
        #expect(try page("<Version><Key>k</Key><LastModified>2026-11-22T14:02:14Z</LastModified><Size>0</Size></Version>").page[0].versionID == "null")
        #expect(try page(entry("k", "")).page[0].versionID == "null")
    }

    @Test(arguments: [
        "<ListBucketResult/>", "<Error><Code>x</Code></Error>", "<html/>", "", "<ListVersionsResult><Version/></ListVersionsResult>",
        "<ListVersionsResult><Version><Key></Key><LastModified>2026-11-22T14:02:14Z</LastModified><Size>1</Size></Version></ListVersionsResult>",
        "<ListVersionsResult><Version><Key>k</Key><LastModified>2026-11-22T14:02:14Z</LastModified></Version></ListVersionsResult>",
        "<ListVersionsResult><Version><Key>k</Key><LastModified>yesterday</LastModified><Size>1</Size></Version></ListVersionsResult>",
        "<ListVersionsResult><Version><Key>k</Key><LastModified>2026-11-22T14:02:14Z</LastModified><Size>-1</Size></Version></ListVersionsResult>",
        "<ListVersionsResult><Version><Key>k</Key><LastModified>2026-11-22T14:02:14Z</LastModified><Size>9223372036854775808</Size></Version></ListVersionsResult>",
    ])
    func whatABackupCannotRestOnIsRefused(text: String) {
        #expect(throws: XMLFault.self) { try parse(text) }
    }
}
