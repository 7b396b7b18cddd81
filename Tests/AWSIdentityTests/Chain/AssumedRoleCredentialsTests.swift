import HTTPTransport
import Synchronization
import Testing

@testable import AWSIdentity

@Suite("Role of a site") struct AssumedRoleCredentialsTests {
    /// Gives `old` keys until it is told that they were refused.
    private final class Base: CredentialProvider {
        let isFresh = Mutex(false)

        func credentials() async throws -> AWSCredentials {
            AWSCredentials(accessKeyID: isFresh.withLock { $0 } ? "new" : "old", secretAccessKey: "s")
        }

        func invalidate(_ refused: AWSCredentials) async { isFresh.withLock { $0 = refused.accessKeyID == "old" } }
    }

    private func refusal(_ code: String) -> ReplayingClient.Exchange {
        .init(
            method: "POST", url: "https://sts.eu-west-1.amazonaws.com/", status: 403,
            answer: "<ErrorResponse><Error><Code>\(code)</Code></Error></ErrorResponse>")
    }

    private func provider(_ http: ReplayingClient, base: any CredentialProvider = Base(), config: String = "") -> AssumedRoleCredentials {
        AssumedRoleCredentials(
            DefaultCredentialChainTests.world(config: config, http: http), base: base, region: "eu-west-1",
            roleARN: "arn:aws:iam::1:role/r", externalID: "e", sessionName: "s", duration: .seconds(1800))
    }

    @Test("the role is asked for with its options") func options() async throws {
        let form = [
            "RoleArn": "arn:aws:iam::1:role/r", "ExternalId": "e", "RoleSessionName": "s", "DurationSeconds": "1800",
        ]
        let http = ReplayingClient([DefaultCredentialChainTests.stsAnswer("ROLE", form: form)])
        #expect(try await provider(http).credentials().accessKeyID == "ROLE")
        #expect(http.surprises.isEmpty)
    }

    @Test("when STS refuses the base's keys as ended, newer ones are tried once") func staleBase() async throws {
        let http = ReplayingClient([refusal("ExpiredToken"), DefaultCredentialChainTests.stsAnswer("ROLE")])
        #expect(try await provider(http).credentials().accessKeyID == "ROLE")
        #expect(http.sent.last?.headers["authorization"]?.contains("Credential=new/") == true)
    }

    @Test("the same keys are not tried twice, and a refused question is not repeated") func noLoop() async throws {
        let keys = StaticCredentials(AWSCredentials(accessKeyID: "old", secretAccessKey: "s"))
        for (http, base) in [(ReplayingClient([refusal("ExpiredToken")]), keys as any CredentialProvider),
            (ReplayingClient([refusal("AccessDenied")]), Base())] {
            await #expect(throws: CredentialSourceError.self) { try await provider(http, base: base).credentials() }
            #expect(http.sent.count == 1)
        }
    }

    @Test("a broken config file is told as such") func brokenFile() async throws {
        let error = await #expect(throws: CredentialSourceError.self) {
            try await provider(ReplayingClient(), config: "nonsense").credentials()
        }
        #expect(error.map { "\($0)".contains("/h/.aws/config, line 1") } == true)
    }
}
