import HTTPTransport
import Synchronization
import Testing
import Timestamps

@testable import AWSIdentity

/// The chain's own rules, told by small worlds.
@Suite("Credential chain") struct DefaultCredentialChainTests {
    static let now = Timestamp(seconds: 1_700_000_000)

    static func world(
        _ environment: [String: String] = [:], config: String = "", credentials: String = "",
        files: [String: String] = [:], http: any HTTPClient = ReplayingClient(),
        policy: PlaintextPolicy = .loopbackOnly, mfaCode: (@Sendable (String) async throws -> String)? = nil
    ) -> IdentityWorld {
        var environment = environment
        environment["HOME"] = "/h"
        if environment["AWS_EC2_METADATA_DISABLED"] == nil { environment["AWS_EC2_METADATA_DISABLED"] = "true" }
        var texts = files
        texts["/h/.aws/config"] = config
        texts["/h/.aws/credentials"] = credentials
        return IdentityWorld(
            environment: environment, files: InMemoryFiles(texts: texts), http: http, programs: NoPrograms(),
            plaintextPolicy: policy, mfaCode: mfaCode, now: { now }, sleep: { _ in }, random: { 0.5 })
    }

    static func stsAnswer(
        _ key: String, action: String = "AssumeRole", url: String = "https://sts.eu-west-1.amazonaws.com/",
        form: [String: String] = [:]
    ) -> ReplayingClient.Exchange {
        ReplayingClient.Exchange(
            method: "POST", url: url, form: form.merging(["Action": action, "Version": "2011-06-15"]) { $1 },
            answer: """
                <\(action)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><\(action)Result>
                <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn></AssumedRoleUser>
                <Credentials><AccessKeyId>\(key)</AccessKeyId><SecretAccessKey>s-\(key)</SecretAccessKey>
                <SessionToken>t-\(key)</SessionToken><Expiration>2033-05-18T03:33:20Z</Expiration></Credentials>
                </\(action)Result></\(action)Response>
                """)
    }

    private func reason(_ world: IdentityWorld, profile: String? = nil) async throws -> CredentialChainError {
        do {
            let found = try await DefaultCredentialChain(world, profile: profile).resolve()
            Issue.record("gave \(found)")
            return CredentialChainError(attempts: [])
        } catch let error as CredentialChainError {
            return error
        }
    }

    @Test("with nothing configured the error names every source and what it looked for") func nothing() async throws {
        let error = try await reason(Self.world())
        #expect(error.nothingIsConfigured)
        #expect(error.attempts.map(\.source) == [
            "environment", "profile default", "web identity token", "container credentials", "instance metadata",
        ])
        for word in ["AWS_ACCESS_KEY_ID", "No profiles", "AWS_WEB_IDENTITY_TOKEN_FILE", "FULL_URI", "AWS_EC2_METADATA_DISABLED"] {
            #expect("\(error)".contains(word))
        }
    }

    @Test("half a pair of environment keys is an error, not a way to the next source") func partialEnvironment() async throws {
        let error = try await reason(
            Self.world(["AWS_ACCESS_KEY_ID": "AKIA"], credentials: "[default]\naws_access_key_id=a\naws_secret_access_key=b"))
        #expect(error.attempts.count == 1)
        #expect("\(error)".contains("AWS_SECRET_ACCESS_KEY is missing"))
    }

    @Test("an explicit profile goes before the environment's keys, AWS_PROFILE does not") func explicitProfile() async throws {
        let environment = ["AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "x", "AWS_PROFILE": "dev"]
        let world = Self.world(environment, credentials: "[dev]\naws_access_key_id=dev\naws_secret_access_key=y")
        let fromEnvironment = try await DefaultCredentialChain(world).resolve()
        #expect(fromEnvironment.credentials.accessKeyID == "env" && fromEnvironment.source == "environment")
        let fromProfile = try await DefaultCredentialChain(world, profile: "dev").resolve()
        #expect(fromProfile.credentials.accessKeyID == "dev" && fromProfile.source == "profile dev")
    }

    @Test("a profile that was named but is not there is an error that shows near misses") func missingProfile() async throws {
        let error = try await reason(Self.world(["AWS_PROFILE": "dev"], config: "[dev]\nregion=r\n[default]\n"))
        #expect("\(error)".contains("`dev` is in neither"))
        #expect("\(error)".contains("[profile dev]"))
        #expect(!error.nothingIsConfigured)
    }

    @Test("environment keys carry token, expiry and account") func environmentKeys() async throws {
        let credentials = try await DefaultCredentialChain(
            Self.world([
                "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t",
                "AWS_CREDENTIAL_EXPIRATION": "2033-05-18T03:33:20Z", "AWS_ACCOUNT_ID": "111122223333",
            ])
        ).credentials()
        #expect(
            credentials
                == AWSCredentials(
                    accessKeyID: "k", secretAccessKey: "s", sessionToken: "t",
                    expiration: Timestamp(seconds: 2_000_000_000), accountID: "111122223333"))
    }

    @Test("chained roles are assumed in order, each signed with the keys before, with all options") func chainedRoles() async throws {
        let http = ReplayingClient([
            Self.stsAnswer("ROLE1", form: ["RoleArn": "arn:aws:iam::1:role/mid", "RoleSessionName": "tfguard-1700000000"]),
            Self.stsAnswer(
                "ROLE2",
                form: [
                    "RoleArn": "arn:aws:iam::2:role/top", "RoleSessionName": "s n", "ExternalId": "e&x=1",
                    "DurationSeconds": "3600", "SerialNumber": "arn:aws:iam::1:mfa/me", "TokenCode": "123456",
                ]),
        ])
        let config = """
            [profile top]
            region = eu-west-1
            role_arn = arn:aws:iam::2:role/top
            source_profile = mid
            role_session_name = s n
            external_id = e&x=1
            duration_seconds = 3600
            mfa_serial = arn:aws:iam::1:mfa/me
            [profile mid]
            role_arn = arn:aws:iam::1:role/mid
            source_profile = base
            region = us-east-1
            """
        let asked = Mutex<[String]>([])
        let world = Self.world(
            config: config, credentials: "[base]\naws_access_key_id=BASE\naws_secret_access_key=x\n", http: http,
            mfaCode: { serial in
                asked.withLock { $0.append(serial) }
                return " 123456\n"
            })
        let credentials = try await DefaultCredentialChain(world, profile: "top").credentials()
        #expect(credentials.accessKeyID == "ROLE2" && credentials.sessionToken == "t-ROLE2")
        #expect(credentials.expiration == Timestamp(seconds: 2_000_000_000) && credentials.accountID == "111122223333")
        #expect(http.surprises.isEmpty && http.unused == 0)
        #expect(asked.withLock { $0 } == ["arn:aws:iam::1:mfa/me"])
        let signers = http.sent.map { $0.headers["authorization"]?.contains("eu-west-1/sts/aws4_request") == true }
        #expect(signers == [true, true])
        #expect(http.sent[0].headers["authorization"]?.contains("Credential=BASE/") == true)
        #expect(http.sent[1].headers["authorization"]?.contains("Credential=ROLE1/") == true)
        #expect(http.sent[1].headers["x-amz-security-token"] == "t-ROLE1")
    }

    @Test("a role that wants an MFA code fails clearly where nobody can be asked") func mfaWithoutPrompt() async throws {
        let error = try await reason(
            Self.world(
                config: "[default]\nrole_arn=r\nsource_profile=default\nmfa_serial=dev-7\naws_access_key_id=a\naws_secret_access_key=b"))
        #expect("\(error)".contains("MFA device dev-7"))
    }

    @Test("STS refusals tell code, message and request id, and nothing secret") func stsRefusal() async throws {
        let http = ReplayingClient([
            ReplayingClient.Exchange(
                method: "POST", url: "https://sts.amazonaws.com/", status: 403,
                answer: """
                    <ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User &lt;x&gt; may not</Message></Error>
                    <RequestId>req-1</RequestId></ErrorResponse>
                    """)
        ])
        let error = try await reason(
            Self.world(
                config: "[default]\nrole_arn=r\nsource_profile=default",
                credentials: "[default]\naws_access_key_id=AKID\naws_secret_access_key=hush-hush", http: http))
        guard case .service(let answer) = error.attempts.last?.reason else {
            Issue.record("\(error)")
            return
        }
        #expect(answer.code == "AccessDenied" && answer.message == "User <x> may not" && answer.requestID == "req-1")
        #expect(answer.status == 403 && http.surprises.isEmpty)
        #expect(!"\(error)".contains("hush-hush"))
    }

    @Test("busy STS is asked again, three times in all") func stsBusy() async throws {
        let busy = ReplayingClient.Exchange(method: "POST", url: "https://sts.amazonaws.com/", status: 503)
        let throttled = ReplayingClient.Exchange(
            method: "POST", url: "https://sts.amazonaws.com/", status: 400,
            answer: "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>")
        let profile = "[default]\nrole_arn=r\nsource_profile=default\naws_access_key_id=a\naws_secret_access_key=b"
        let patient = ReplayingClient([busy, throttled, Self.stsAnswer("OK", url: "https://sts.amazonaws.com/")])
        #expect(try await DefaultCredentialChain(Self.world(config: profile, http: patient)).credentials().accessKeyID == "OK")
        let hopeless = ReplayingClient([busy, busy, busy])
        let error = try await reason(Self.world(config: profile, http: hopeless))
        #expect("\(error)".contains("HTTP 503") && hopeless.unused == 0 && hopeless.surprises.isEmpty)
    }

    @Test("a web identity call is unsigned, reads the token anew and repeats when the provider was slow") func webIdentity() async throws {
        let slow = ReplayingClient.Exchange(
            method: "POST", url: "https://sts.eu-west-1.amazonaws.com/", status: 400,
            answer: "<ErrorResponse><Error><Code>IDPCommunicationError</Code></Error></ErrorResponse>")
        let http = ReplayingClient([
            slow,
            Self.stsAnswer(
                "WEB", action: "AssumeRoleWithWebIdentity",
                form: ["RoleArn": "arn:r", "RoleSessionName": "pod", "WebIdentityToken": "token-1"]),
        ])
        let world = Self.world(
            [
                "AWS_WEB_IDENTITY_TOKEN_FILE": "/t", "AWS_ROLE_ARN": "arn:r", "AWS_ROLE_SESSION_NAME": "pod",
                "AWS_REGION": "eu-west-1",
            ], files: ["/t": "token-1\n"], http: http)
        let found = try await DefaultCredentialChain(world).resolve()
        #expect(found.credentials.accessKeyID == "WEB" && found.source == "web identity token")
        #expect(http.surprises.isEmpty && http.unused == 0)
        #expect(http.sent.allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test("secrets do not go to http:// endpoints beyond this machine, unless allowed") func plaintext() async throws {
        let profile = "[default]\nrole_arn=r\nsource_profile=default\naws_access_key_id=a\naws_secret_access_key=b\n"
        let http = ReplayingClient()
        let error = try await reason(Self.world(["AWS_ENDPOINT_URL_STS": "http://sts.example"], config: profile, http: http))
        #expect("\(error)".contains("http://sts.example") && http.sent.isEmpty)
        for (url, policy) in [("http://127.0.0.1:4566", PlaintextPolicy.loopbackOnly), ("http://sts.example", .allowed)] {
            let http = ReplayingClient([Self.stsAnswer("K", url: url)])
            let world = Self.world(["AWS_ENDPOINT_URL_STS": url], config: profile, http: http, policy: policy)
            #expect(try await DefaultCredentialChain(world).credentials().accessKeyID == "K")
            #expect(http.surprises.isEmpty)
        }
    }

    @Test("a broken config file stops the chain with file and line") func brokenFile() async throws {
        let error = try await reason(Self.world(config: "[default]\nnonsense\n"))
        #expect("\(error)".contains("/h/.aws/config, line 2"))
    }

    @Test("a session of aws login is named as not supported, with a way out") func loginSession() async throws {
        let error = try await reason(Self.world(config: "[default]\nlogin_session = arn:aws:iam::1:user/me\n"))
        #expect("\(error)".contains("export-credentials"))
    }

    @Test("keys of the credentials file go before credential_process, those of the config file after it") func processOrder() throws {
        func base(config: String, credentials: String) throws -> ProfileCredentialPlan.Base {
            try ProfileCredentialPlan(
                profile: "default",
                in: AWSProfileSet(config: Array(config.utf8), credentials: Array(credentials.utf8))
            ).base
        }
        let keys = "aws_access_key_id=a\naws_secret_access_key=b\n"
        let process = "[default]\ncredential_process=p\n"
        #expect(try base(config: process, credentials: "[default]\n\(keys)") == .keys(AWSCredentials(accessKeyID: "a", secretAccessKey: "b")))
        #expect(try base(config: process + keys, credentials: "") == .program("p"))
    }
}
