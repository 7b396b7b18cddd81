@testable import HTTPTransport
import Testing

@Suite struct RedactionTests {
    @Test(arguments: [
        ("Could not resolve host: example.com", "Could not resolve host: example.com"),
        ("Unsupported proxy 'http://user:hunter2@proxy:1'", "Unsupported proxy 'http://***@proxy:1'"),
        ("Unsupported proxy syntax in 'user:hunter2@proxy'", "Unsupported proxy syntax in '***@proxy'"),
        ("bad 'http://u:p@ss@h'", "bad 'http://***@h'"),
        ("URL http://h/k?X-Amz-Signature=abc rejected", "URL http://h/k?… rejected"),
        ("what?", "what?"),
    ])
    func credentialsAndQueriesAreMasked(words: String, masked: String) {
        #expect(Redaction.mask(words) == masked)
    }

    @Test func nothingSecretShowsWhenValuesArePrinted() {
        let request = HTTPRequest(
            method: "PUT", url: "https://h/k?X-Amz-Signature=hunter2", headers: ["Authorization": "hunter2", "X-AMZ-security-token": "hunter2", "ETag": "shown"],
            body: .bytes(Array("hunter2".utf8)))
        let configuration = CurlConfiguration(proxy: .url("http://user:hunter2@proxy:3128"))
        let response = HTTPResponse(status: 200, headers: ["Set-Cookie": "hunter2"], body: Array("hunter2".utf8))
        for text in [
            "\(request)", String(reflecting: request), "\(request.headers)", String(reflecting: request.headers), "\(configuration)", String(reflecting: configuration),
            "\(response)", String(reflecting: response), "\([request.headers.first])",
        ] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104, 117"), "the bytes of the body")
        }
        #expect("\(request.headers)".contains("ETag: shown"))
        #expect("\(request)" == "PUT https://h/k?…")
    }
}
