import AWSEndpoints
import Testing

/// Replays AWS's published cases for configured endpoint URLs. Skipped without `$TFGUARD_SHARED`;
/// ConfiguredEndpointTests guards the precedence then.
@Suite(.enabled(if: SharedFixtures.arePresent, "no ../shared/fixtures/aws/endpoints: set TFGUARD_SHARED"))
struct PublishedConfiguredEndpointTests {
    @Test func everyPublishedCaseHolds() throws {
        let suites = try #require(
            try SharedFixtures.json("configured_endpoint_urls/profile-tests.json")["testSuites"] as? [[String: Any]])
        var replayed = 0
        for suite in suites {
            let profiles = try #require(suite["profiles"] as? [String: [String: String]])
            let services = try #require(suite["services"] as? [String: [String: [String: String]]])
            let environments = try #require(suite["environments"] as? [String: [String: String]])
            let clients = try #require(suite["client_configs"] as? [String: [String: Any]])
            for published in try #require(suite["endpointUrlTests"] as? [[String: Any]]) {
                func text(_ key: String) -> String { published[key] as? String ?? "" }
                let name = text("name")
                let profile = try #require(profiles[text("profile")], "\(name)")
                let client = try #require(clients[text("client_config")], "\(name)")
                let service = try #require(AWSService(rawValue: text("service")), "\(name)")
                let settings = ConfiguredEndpoint.Settings(
                    environment: try #require(environments[text("environment")], "\(name)"), profile: profile, services: services,
                    ignoresConfigured: client["ignore_configured_endpoint_urls"] as? Bool)
                let found = ConfiguredEndpoint.find(for: service, explicit: client["endpoint_url"] as? String, in: settings)
                let resolved = try ServiceEndpoint.resolve(service, region: profile["region"], endpoint: found?.url)
                let expected = (published["output"] as? [String: String])?["endpointUrl"]
                #expect(resolved.url.description == expected, "\(name)")
                replayed += 1
            }
        }
        #expect(replayed == 39)
    }
}
