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
}
