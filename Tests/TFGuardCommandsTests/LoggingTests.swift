@testable import TFGuardCommands
import Logging
import Testing

@Suite struct LoggingTests {
    @Test(arguments: [
        ("GET https://h/b?X-Amz-Signature=abc123&x=1", "GET https://h/b?X-Amz-Signature=***&x=1"),
        ("X-Amz-Security-Token: FwoGZX", "X-Amz-Security-Token: ***"),
        ("Authorization: AWS4-HMAC-SHA256 Credential=AK/x, Signature=y", "Authorization: ***"),
        ("proxy http://user:pw@proxy:3128/", "proxy http://***@proxy:3128/"),
        ("aws_secret_access_key=abc def", "aws_secret_access_key=*** def"),
        ("nothing to hide", "nothing to hide"),
    ])
    func credentialsDoNotReachTheLog(text: String, logged: String) {
        #expect(Redaction.redact(text) == logged)
    }

    @Test func logLinesAreSafeToShow() {
        let line = StandardErrorLog.line(.info, "read\u{1B}[2J", ["key": "::stop::\n", "b": "1"])
        #expect(line == "tfguard: info: read\\u{1b}[2J b=1 key=::stop::\\n\n")
    }
}
