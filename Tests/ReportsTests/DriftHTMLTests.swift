import Cryptography
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct DriftHTMLTests {
    /// The policy admits the page's own style and script, byte for byte, and nothing else.
    @Test(arguments: [DriftSamples.report, DriftSamples.evil])
    func thePolicyAdmitsOnlyThePagesOwnCode(report: DriftReport) throws {
        let text = try Samples.text(report, .html)
        let policy = try #require(text.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.1)
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        for name in ["style", "script"] {
            let parts = text.components(separatedBy: "<\(name)>")
            #expect(parts.count == 2, "one \(name) element, without attributes")
            let content = try #require(parts.last?.components(separatedBy: "</\(name)>").first)
            #expect(policy.contains("\(name)-src 'sha256-\(Base64.encode(SHA256.hash(Array(content.utf8)).bytes))'"))
        }
    }

    @Test func thePageReachesForNothing() throws {
        let text = try Samples.text(DriftSamples.report, .html)
        for mark in [" src=", "href=\"http", "@import", "url(", " style=", " onclick", "<link", "<iframe", "fetch(", "innerHTML"] {
            #expect(!text.contains(mark), "\(mark)")
        }
    }

    private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The page as a browser has it after its script ran.
    private func rendered(_ report: DriftReport) async throws -> String {
        let folder = try TemporaryDirectory()
        let file = try folder.write(try Samples.text(report, .html), to: "drift.html")
        let outcome = try await runProcess(
            [
                try #require(Self.browser), "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.file("profile"))", "--dump-dom",
                "file://\(file)",
            ], environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"], timeout: .seconds(120))
        return outcome.output
    }

    @Test(.enabled(if: browser != nil, "needs chromium to render the page"))
    func theBrowserRunsTheFilterAndNothingHostile() async throws {
        let evil = try await rendered(DriftSamples.evil)
        #expect(!evil.contains("<title>owned</title>"), "a hostile value ran")
        #expect(!evil.contains("<img"), "a hostile value became an element")
        #expect(evil.contains("2 of 2 findings"), "the page's own script did not run: \(evil.prefix(400))")
        let plain = try await rendered(DriftSamples.report)
        #expect(plain.contains("3 of 3 findings"))
        #expect(!plain.contains("id=\"controls\" class=\"controls\" hidden"))
    }
}
