import Foundation
import HTTPTransport
import Testing
import Timestamps

@testable import AWSIdentity

/// Replays the AWS SDK for Rust's credential cases against ``DefaultCredentialChain``.
@Suite("Credential chain conformance", .enabled(if: AWSFixtures.arePresent, "needs the shared test data: set TFGUARD_SHARED to its folder"))
struct CredentialChainConformanceTests {
    static let data = AWSFixtures.root.appendingPathComponent(
        "credentials/smithy-rs-aws-config/aws/rust-runtime/aws-config/test-data")

    /// Cases whose `credential_process` is text for a shell. tfguard starts no shell, so the replay gives them one;
    /// what `LocalPrograms` makes of such text is tested in ProgramSourceTests.
    static let shellCases: Set<String> = ["credential_process", "credential_process_failure", "credential_process_invalid"]

    @Test("default chain: 27 cases") func defaultChain() async throws {
        let folders = AWSFixtures.folders(in: Self.data.appendingPathComponent("default-credential-provider-chain"))
        #expect(folders.count == 27)
        for folder in folders { try await replay(folder) }
    }

    @Test("profile provider: 16 cases") func profileProvider() async throws {
        let folders = AWSFixtures.folders(in: Self.data.appendingPathComponent("profile-provider"))
        #expect(folders.count == 16)
        for folder in folders { try await replay(folder, onlyProfile: true) }
    }

    private func replay(_ folder: URL, onlyProfile: Bool = false) async throws {
        let test = try ChainCase(folder)
        let name = test.name
        let http = ReplayingClient(test.exchanges)
        let programs: any ProgramRunner = Self.shellCases.contains(name) ? ShellPrograms() : NoPrograms()
        var world = test.world(http: http, programs: programs)
        // Those cases are about the profile alone: nobody is at the metadata service.
        if onlyProfile { world.environment["AWS_EC2_METADATA_DISABLED"] = "true" }
        let chain = DefaultCredentialChain(world)
        do {
            let credentials = try await chain.credentials()
            guard let wanted = test.expected.result.Ok else {
                Issue.record("\(name): gave \(credentials) instead of failing")
                return
            }
            #expect(credentials.accessKeyID == wanted.access_key_id, "\(name)")
            #expect(credentials.secretAccessKey == wanted.secret_access_key, "\(name)")
            #expect(credentials.sessionToken == wanted.session_token, "\(name)")
            #expect(credentials.expiration == wanted.expiry.map { Timestamp(seconds: $0) }, "\(name)")
        } catch let error as CredentialChainError {
            guard let text = test.expected.result.ErrorContains else {
                Issue.record("\(name): \(error)")
                return
            }
            #expect(SDKErrors.matches(text, error), "\(name): \(error)")
        }
        #expect(http.surprises.isEmpty, "\(name)")
        #expect(http.unused == 0, "\(name)")
    }
}

/// The SDK's words for an error, and the error of ours that means the same.
enum SDKErrors {
    static func matches(_ text: String, _ error: CredentialChainError) -> Bool {
        guard let last = error.attempts.last else { return false }
        switch (text, last.reason) {
        case ("the credential provider was not enabled", .notConfigured): return error.nothingIsConfigured
        // A profile that names a source which is not there stops the chain; the SDK gives that source's words.
        case ("the credential provider was not enabled", .invalid(let what)), ("provider was not enabled", .invalid(let what)):
            return what.contains("credential_source")
        case ("request forbidden: IMDS is disabled", .service(let answer)): return answer.status == 403
        case ("InvalidIdentityTokenException: No OpenIDConnect provider found in your account", .service(let answer)):
            return answer.code == "InvalidIdentityToken"
                && answer.message?.hasPrefix("No OpenIDConnect provider found in your account") == true
                && answer.requestID == "5045ca91-d123-4749-9d66-00a3c906be6c"
        case ("No such file or directory (os error 2)", .file(let problem)): return problem.reason == .missing
        default:
            let withoutErrno = text.replacingOccurrences(of: " (os error 2)", with: "")
            let withoutWrapper = withoutErrno.replacingOccurrences(
                of: "an error occurred while loading credentials: ", with: "")
            return "\(error)".contains(withoutWrapper)
        }
    }
}

/// Runs what it is given through `/bin/sh`, as the SDK for Rust does.
struct ShellPrograms: ProgramRunner {
    func run(
        _ commandLine: String, environment: [String: String], outputLimit: Int, timeout: Duration
    ) async throws -> ProgramOutput {
        let quoted = commandLine.replacingOccurrences(of: "'", with: "'\\''")
        return try await LocalPrograms().run(
            "/bin/sh -c '\(quoted)'", environment: ["PATH": "/usr/bin:/bin"], outputLimit: outputLimit, timeout: timeout)
    }
}

/// No program may be started.
struct NoPrograms: ProgramRunner {
    func run(
        _ commandLine: String, environment: [String: String], outputLimit: Int, timeout: Duration
    ) async throws -> ProgramOutput {
        Issue.record("a program was started: \(commandLine)")
        throw ProgramError.notFound(commandLine)
    }
}
