import HTTPTransport
import Testing

@Suite struct HTTPHeadersTests {
    @Test func namesCompareWithoutCase() {
        let headers: HTTPHeaders = ["ETag": "a", "x-amz-meta-k": "b", "etag": "c"]
        #expect(headers["etag"] == "a")
        #expect(headers.values(of: "ETAG") == ["a", "c"])
        #expect(headers["X-AMZ-META-K"] == "b")
        #expect(headers["x-amz-meta-"] == nil)
        // "[" and "{" differ only in the bit that makes letters lower case.
        #expect(HTTPHeaders([("a[", "1")])["a{"] == nil)
    }

    @Test func settingReplacesEveryFieldOfTheNameInPlace() {
        var headers: HTTPHeaders = ["A": "1", "B": "2", "a": "3", "C": "4"]
        headers["a"] = "5"
        #expect(headers.map { "\($0.name)=\($0.value)" } == ["a=5", "B=2", "C=4"])
        headers["b"] = nil
        headers["D"] = "6"
        headers.add(name: "d", value: "7")
        #expect(headers.map { "\($0.name)=\($0.value)" } == ["a=5", "C=4", "D=6", "d=7"])
        headers.remove("D")
        #expect(!headers.contains("d"))
    }

    @Test(arguments: [("12", Int64(12)), ("0", 0), ("-1", nil), ("9223372036854775808", nil), ("x", nil), ("", nil)] as [(String, Int64?)])
    func contentLengthIsANumberOrNothing(text: String, expected: Int64?) {
        #expect(HTTPResponseHead(status: 200, headers: ["content-length": text]).contentLength == expected)
    }
}
