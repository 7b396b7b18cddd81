import AWSEndpoints
import Testing

struct ConfiguredEndpointTests {
    private var everything: ConfiguredEndpoint.Settings {
        ConfiguredEndpoint.Settings(
            environment: ["AWS_ENDPOINT_URL": "http://env", "AWS_ENDPOINT_URL_S3": "http://env-s3"],
            profile: ["services": "mine", "endpoint_url": "http://profile"],
            services: ["mine": ["s3": ["endpoint_url": "http://services-s3"]]])
    }

    @Test func theNearestSourceWins() {
        var settings = everything
        #expect(ConfiguredEndpoint.find(for: .s3, explicit: "http://flag", in: settings)?.source == .explicit)
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings)?.url == "http://env-s3")
        settings.environment["AWS_ENDPOINT_URL_S3"] = ""
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings)?.source == .environment(variable: "AWS_ENDPOINT_URL"))
        settings.environment = [:]
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings)?.source == .servicesSection(name: "mine"))
        #expect(ConfiguredEndpoint.find(for: .kms, in: settings)?.source == .profile)
        settings.profile = [:]
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings) == nil)
    }

    @Test func theIgnoreFlagLeavesOnlyTheExplicitOne() {
        var settings = everything
        settings.environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "TRUE"
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings) == nil)
        #expect(ConfiguredEndpoint.find(for: .s3, explicit: "http://flag", in: settings)?.url == "http://flag")
        settings.ignoresConfigured = false
        #expect(ConfiguredEndpoint.find(for: .s3, in: settings)?.url == "http://env-s3")
    }
}
