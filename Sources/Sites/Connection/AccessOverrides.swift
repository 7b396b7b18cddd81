/// What the command line says about access, above every file: AWS's own flag names.
public struct AccessOverrides: Sendable, Hashable {
    public var profile: String?
    public var region: String?
    public var endpointURL: String?
    public var allowHTTP: Bool

    public init(profile: String? = nil, region: String? = nil, endpointURL: String? = nil, allowHTTP: Bool = false) {
        self.profile = profile
        self.region = region
        self.endpointURL = endpointURL
        self.allowHTTP = allowHTTP
    }
}
