/// An endpoint URL that the user configured, and where.
///
/// Precedence, as all AWS SDKs have it: in code or on the command line; `AWS_ENDPOINT_URL_SERVICE`;
/// `AWS_ENDPOINT_URL`; the service's `endpoint_url` in the profile's `[services]` section; the profile's
/// `endpoint_url`. (A global variable beats a service's own entry in the file.)
/// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` turns off all but the first.
public struct ConfiguredEndpoint: Hashable, Sendable {
    /// Where the URL came from, for messages.
    public enum Source: Hashable, Sendable {
        case explicit
        case environment(variable: String)
        case servicesSection(name: String)
        case profile
    }

    /// The URL as written; whether it is one is decided when an endpoint is resolved.
    public let url: String
    public let source: Source

    /// What the environment and the configuration file say.
    public struct Settings: Hashable, Sendable {
        public var environment: [String: String]
        /// The properties of the selected profile, keys lower case.
        public var profile: [String: String]
        /// Every `[services NAME]` section: name → service → properties.
        public var services: [String: [String: [String: String]]]
        /// Set in code: overrides environment and profile.
        public var ignoresConfigured: Bool?

        /// Settings with nothing in them unless given.
        public init(
            environment: [String: String] = [:], profile: [String: String] = [:],
            services: [String: [String: [String: String]]] = [:], ignoresConfigured: Bool? = nil
        ) {
            (self.environment, self.profile) = (environment, profile)
            (self.services, self.ignoresConfigured) = (services, ignoresConfigured)
        }
    }

    /// The URL configured for a service, or nil when AWS's own endpoints are meant.
    public static func find(for service: AWSService, explicit: String? = nil, in settings: Settings) -> ConfiguredEndpoint? {
        if let explicit, !explicit.isEmpty { return ConfiguredEndpoint(url: explicit, source: .explicit) }
        guard !ignoresConfigured(settings) else { return nil }
        for variable in ["AWS_ENDPOINT_URL_\(service.configurationName.uppercased())", "AWS_ENDPOINT_URL"] {
            if let url = settings.environment[variable], !url.isEmpty {
                return ConfiguredEndpoint(url: url, source: .environment(variable: variable))
            }
        }
        if let name = settings.profile["services"],
            let url = settings.services[name]?[service.configurationName]?["endpoint_url"], !url.isEmpty
        {
            return ConfiguredEndpoint(url: url, source: .servicesSection(name: name))
        }
        if let url = settings.profile["endpoint_url"], !url.isEmpty { return ConfiguredEndpoint(url: url, source: .profile) }
        return nil
    }

    private static func ignoresConfigured(_ settings: Settings) -> Bool {
        if let set = settings.ignoresConfigured { return set }
        let written = settings.environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? settings.profile["ignore_configured_endpoint_urls"]
        return written?.lowercased() == "true"
    }
}
