import ArgumentParser
import Sites

/// Where the configuration is, and AWS settings that win over it.
struct ConfigurationOptions: ParsableArguments, Sendable {
    @Option(name: .shortAndLong, help: .variable("TFGUARD_CONFIG", "Configuration file; else tfguard.yaml here or in a folder above.", value: "file"))
    var config: String?

    @Option(help: .variable("TFGUARD_VAULT", "The vault, instead of the configuration's.", value: "location"))
    var vault: String?

    @Option(help: .variable("TFGUARD_PROFILE", "AWS profile, instead of the sites' own.", value: "name"))
    var profile: String?

    @Option(help: .variable("TFGUARD_REGION", "AWS region, instead of the sites' own.", value: "region"))
    var region: String?

    @Option(name: .customLong("endpoint-url"), help: .variable("TFGUARD_ENDPOINT_URL", "S3 endpoint, instead of the sites' own.", value: "url"))
    var endpointURL: String?
}
