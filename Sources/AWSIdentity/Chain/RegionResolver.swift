/// Finds the region: explicit, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region`, the instance's metadata.
public struct RegionResolver: Sendable {
    private let world: IdentityWorld
    private let profile: String?

    /// - Parameter profile: the profile given in the site or on the command line; nil for `AWS_PROFILE` or `default`.
    public init(_ world: IdentityWorld, profile: String? = nil) {
        self.world = world
        self.profile = profile
    }

    /// The region, or nil when nothing names one.
    ///
    /// - Parameter asksInstance: whether to ask the metadata service at the end. It answers on EC2 only; elsewhere
    ///   the question costs a second.
    /// - Throws: ``ProfileFileError`` when the files cannot be understood.
    public func region(explicit: String? = nil, asksInstance: Bool = false) async throws -> String? {
        let settings = IdentitySettings(world: world, profile: profile, region: nil)
        let set = try settings.profiles()
        if let region = Self.configured(
            explicit: explicit, environment: world.environment, profile: set.profiles[settings.profile])
        {
            return region
        }
        guard asksInstance else { return nil }
        return try await InstanceMetadataSource(settings: settings).region()
    }

    /// What is configured, without asking anybody.
    public static func configured(
        explicit: String?, environment: [String: String], profile: AWSProfile?
    ) -> String? {
        if let explicit, !explicit.isEmpty { return explicit }
        return environment.setting("AWS_REGION") ?? environment.setting("AWS_DEFAULT_REGION") ?? profile?["region"]
    }
}
