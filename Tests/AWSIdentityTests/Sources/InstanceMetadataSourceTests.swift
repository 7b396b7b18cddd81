import HTTPTransport
import Testing
import Timestamps

@testable import AWSIdentity

@Suite("Instance metadata") struct InstanceMetadataSourceTests {
    static let now = Timestamp(seconds: 1_700_000_000)
    static let host = "http://169.254.169.254"
    static let roles = "\(host)/latest/meta-data/iam/security-credentials/"

    private func source(_ http: any HTTPClient, _ environment: [String: String] = [:], config: String = "") -> InstanceMetadataSource {
        let world = IdentityWorld(
            environment: environment.merging(["HOME": "/h"]) { $1 },
            files: InMemoryFiles(texts: ["/h/.aws/config": config]), http: http, now: { Self.now }, sleep: { _ in },
            random: { 0.5 })
        return InstanceMetadataSource(settings: IdentitySettings(world: world, profile: nil, region: nil))
    }

    private func token(status: Int = 200) -> ReplayingClient.Exchange {
        .init(
            method: "PUT", url: "\(Self.host)/latest/api/token",
            headers: ["x-aws-ec2-metadata-token-ttl-seconds": "21600"], status: status, answer: status == 200 ? "TOKEN" : "")
    }

    private func get(_ url: String, _ answer: String, token: String? = "TOKEN") -> ReplayingClient.Exchange {
        .init(method: "GET", url: url, headers: token.map { ["x-aws-ec2-metadata-token": $0] } ?? [:], answer: answer)
    }

    private func keys(expiration: String = "2033-05-18T03:33:20Z") -> String {
        #"{"Code":"Success","AccessKeyId":"k","SecretAccessKey":"s","Token":"t","Expiration":"\#(expiration)"}"#
    }

    @Test("version 2: a token, the role, its keys, never through a proxy") func version2() async throws {
        let http = ReplayingClient([token(), get(Self.roles, "my-role\n"), get("\(Self.roles)my-role", keys())])
        let credentials = try await source(http).fetch()
        #expect(credentials.accessKeyID == "k" && credentials.sessionToken == "t")
        #expect(credentials.expiration == Timestamp(seconds: 2_000_000_000))
        #expect(http.surprises.isEmpty && http.unused == 0)
        #expect(http.sent.allSatisfy { $0.proxyBypass })
    }

    @Test("version 1 where the instance has no version 2", arguments: [403, 404, 405]) func version1(status: Int) async throws {
        let http = ReplayingClient([
            token(status: status), get(Self.roles, "r", token: nil), get("\(Self.roles)r", keys(), token: nil),
        ])
        #expect(try await source(http).fetch().accessKeyID == "k")
        #expect(http.sent.dropFirst().allSatisfy { !$0.headers.contains("x-aws-ec2-metadata-token") })
    }

    @Test("version 1 is not spoken where it is forbidden, nor after 400", arguments: [
        (403, ["AWS_EC2_METADATA_V1_DISABLED": "true"], ""), (404, [:], "[default]\nec2_metadata_v1_disabled=true\n"),
        (400, [:], ""),
    ])
    func noVersion1(status: Int, environment: [String: String], config: String) async throws {
        let http = ReplayingClient([token(status: status)])
        await #expect(throws: CredentialSourceError.self) { try await source(http, environment, config: config).fetch() }
        #expect(http.surprises.isEmpty)
    }

    @Test("turned off, nobody is asked") func disabled() async throws {
        let http = ReplayingClient()
        let error = await #expect(throws: CredentialSourceError.self) {
            try await source(http, ["AWS_EC2_METADATA_DISABLED": "TRUE"]).fetch()
        }
        #expect(error?.isNotConfigured == true && http.sent.isEmpty)
    }

    @Test("an answer without keys is told in its own words") func refusedKeys() async throws {
        let http = ReplayingClient([
            token(), get(Self.roles, "r"),
            get("\(Self.roles)r", #"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role"}"#),
        ])
        let error = await #expect(throws: CredentialSourceError.self) { try await source(http).fetch() }
        #expect(error.map { "\($0)".contains("AssumeRoleUnauthorizedAccess: EC2 cannot assume the role") } == true)
    }

    @Test("old keys that the service hands out again are used on for a while") func staticStability() async throws {
        let http = ReplayingClient([
            token(), get(Self.roles, "r"), get("\(Self.roles)r", keys(expiration: "2023-11-14T22:13:00Z")),
        ])
        let credentials = try await source(http).fetch()
        #expect(credentials.expiration == Self.now + .seconds(900 + 120 + 240))
    }

    @Test("a role name that could leave the path is refused") func evilRole() async throws {
        for name in ["../../x", "a b", ""] {
            let http = ReplayingClient([token(), get(Self.roles, name)])
            await #expect(throws: CredentialSourceError.self) { try await source(http).fetch() }
            #expect(http.sent.count == 2)
        }
    }

    @Test("the region comes from explicit, environment, profile, instance, in this order") func regions() async throws {
        func region(_ environment: [String: String], explicit: String? = nil, http: ReplayingClient = .init(), ask: Bool = false) async throws -> String? {
            let files = InMemoryFiles(texts: ["/h/.aws/config": environment["BARE"] == nil ? "[default]\nregion = from-profile\n" : ""])
            let world = IdentityWorld(environment: environment.merging(["HOME": "/h"]) { $1 }, files: files, http: http, sleep: { _ in })
            return try await RegionResolver(world).region(explicit: explicit, asksInstance: ask)
        }
        let both = ["AWS_REGION": "from-region", "AWS_DEFAULT_REGION": "from-default"]
        #expect(try await region(both, explicit: "given") == "given")
        #expect(try await region(both) == "from-region")
        #expect(try await region(["AWS_REGION": " ", "AWS_DEFAULT_REGION": "from-default"]) == "from-default")
        #expect(try await region([:]) == "from-profile")
        #expect(try await region(["BARE": "1"]) == nil)
        let http = ReplayingClient([token(), get("\(Self.host)/latest/meta-data/placement/region", "eu-north-1\n")])
        #expect(try await region(["BARE": "1"], http: http, ask: true) == "eu-north-1")
    }
}
