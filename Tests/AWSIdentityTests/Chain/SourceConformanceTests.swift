import Foundation
import HTTPTransport
import Testing

@testable import AWSIdentity

/// The AWS SDKs' cases for single sources: profiles with roles, containers, the metadata service's place.
@Suite("Credential source conformance", .enabled(if: AWSFixtures.arePresent, "needs the shared test data: set TFGUARD_SHARED to its folder"))
struct SourceConformanceTests {
    private static let data = CredentialChainConformanceTests.data

    @Test("profile plans: 28 cases") func plans() throws {
        let cases = try AWSFixtures.decode(
            [PlanCase].self, from: Self.data.appendingPathComponent("assume-role-tests.json"))
        #expect(cases.count == 28)
        for test in cases { try test.check() }
    }

    @Test("container endpoints: 11 cases") func containers() throws {
        struct File: Decodable { let tests: [Case] }
        struct Case: Decodable {
            struct Result: Decodable { let Ok, ErrorContains: String? }
            let docs: String
            let env: [String: String]
            let result: Result
        }
        let cases = try AWSFixtures.decode(File.self, from: Self.data.appendingPathComponent("ecs-tests.json")).tests
        #expect(cases.count == 11)
        for test in cases {
            let source = ContainerSource(world: IdentityWorld(environment: test.env, http: ReplayingClient()))
            do throws(CredentialSourceError) {
                #expect(try source.url() == test.result.Ok, "\(test.docs)")
            } catch {
                switch test.result.ErrorContains {
                case "No environment variables were set to configure ECS provider":
                    #expect(error.isNotConfigured, "\(test.docs)")
                case let text?: #expect("\(error)".contains(text), "\(test.docs)")
                case nil: Issue.record("\(test.docs): \(error)")
                }
            }
        }
    }

    @Test("metadata endpoints: 14 cases") func metadataEndpoints() throws {
        struct File: Decodable { let tests: [Case] }
        struct Case: Decodable {
            struct Result: Decodable { let Ok, Err: String? }
            let docs: String
            let env, fs: [String: String]
            let endpoint_override, mode_override: String?
            let result: Result
        }
        let cases = try AWSFixtures.decode(
            File.self, from: Self.data.appendingPathComponent("imds-config/imds-endpoint-tests.json")
        ).tests
        #expect(cases.count == 14)
        for test in cases {
            let files = InMemoryFiles(texts: test.fs)
            let locations = ProfileFileLocations(environment: test.env, home: "/home")
            let profile = try AWSProfileSet.load(locations, from: files).profiles["default"]
            do throws(InstanceMetadataEndpoint.Fault) {
                let endpoint = try InstanceMetadataEndpoint(
                    environment: test.env, profile: profile, explicit: test.endpoint_override,
                    explicitMode: test.mode_override)
                #expect("\(endpoint.url)/latest/api/token" == test.result.Ok, "\(test.docs)")
            } catch {
                // The SDK's words for a URL that is none.
                let wanted = test.result.Err == "invalid uri character" ? "is no http or https URL" : test.result.Err
                #expect(error.text.contains(try #require(wanted, "\(test.docs): \(error.text)")), "\(test.docs)")
            }
        }
    }
}
