public import AWSEndpoints

/// Everything that the config and the credentials file say, merged.
///
/// In the config file `[default]`, `[profile X]`, `[sso-session X]` and `[services X]` count, in the credentials file
/// `[X]`. A property in both files: the credentials file wins. Later lines win over earlier ones. `[profile default]`
/// beats `[default]`. Other sections are kept apart in ``notes``, to explain why a profile is not found.
public struct AWSProfileSet: Sendable {
    public private(set) var profiles: [String: AWSProfile] = [:]
    public private(set) var ssoSessions: [String: AWSProfile] = [:]
    public private(set) var services: [String: AWSProfile] = [:]
    /// What was skipped or looks dangerous, one sentence each.
    public private(set) var notes: [String] = []

    /// The largest file that is read, in bytes.
    public static let sizeLimit = 1 << 20

    /// A set with nothing in it.
    public init() {}

    /// Parses the two files; nil where there is none.
    public init(
        config: [UInt8]?, credentials: [UInt8]?, configPath: String = "config", credentialsPath: String = "credentials"
    ) throws(ProfileFileError) {
        if let config { try add(config, path: configPath, file: .config) }
        if let credentials { try add(credentials, path: credentialsPath, file: .credentials) }
    }

    /// Reads the files that the environment names; a missing file is the same as an empty one.
    public static func load(
        _ locations: ProfileFileLocations, from files: any AWSFiles
    ) throws(ProfileFileError) -> AWSProfileSet {
        let config = try read(locations.config, from: files)
        let credentials = try read(locations.credentials, from: files)
        var set = try AWSProfileSet(
            config: config?.bytes, credentials: credentials?.bytes, configPath: locations.config,
            credentialsPath: locations.credentials)
        if credentials?.isReadableByOthers == true {
            set.notes.append("\(locations.credentials) can be read by other users of this machine; chmod 600 it")
        }
        return set
    }

    /// The profile that is meant: by name, else `AWS_PROFILE`, else `AWS_DEFAULT_PROFILE`, else `default`.
    public static func selectedName(explicit: String?, environment: [String: String]) -> String {
        explicit ?? environment.setting("AWS_PROFILE") ?? environment.setting("AWS_DEFAULT_PROFILE") ?? "default"
    }

    /// What `ConfiguredEndpoint` of AWSEndpoints asks for, with this profile selected.
    public func endpointSettings(profile: String, environment: [String: String]) -> ConfiguredEndpoint.Settings {
        ConfiguredEndpoint.Settings(
            environment: environment, profile: profiles[profile]?.values ?? [:],
            services: services.mapValues { $0.properties.mapValues(\.subproperties) })
    }

    private static func read(_ path: String, from files: any AWSFiles) throws(ProfileFileError) -> FileContents? {
        do {
            return try files.read(path, limit: sizeLimit)
        } catch {
            if error.reason == .missing { return nil }
            throw ProfileFileError(path: path, line: nil, reason: .unreadable(error))
        }
    }

    private mutating func add(_ bytes: [UInt8], path: String, file: AWSProfileProperty.File) throws(ProfileFileError) {
        let sections = try ProfileFileParser.parse(bytes, path: path, file: file)
        let names = sections.map { ProfileSectionName($0.header, in: file) }
        let prefersPrefixedDefault = names.contains(.profile("default", hasPrefix: true))
        for (section, name) in zip(sections, names) {
            switch name {
            case .profile("default", hasPrefix: false) where prefersPrefixedDefault:
                notes.append("\(path), line \(section.line): [default] is ignored because [profile default] is there")
            case .profile(let name, _): Self.merge(section, into: &profiles[name, default: AWSProfile(name: name)])
            case .ssoSession(let name): Self.merge(section, into: &ssoSessions[name, default: AWSProfile(name: name)])
            case .services(let name): Self.merge(section, into: &services[name, default: AWSProfile(name: name)])
            case .ignored(let reason):
                notes.append("\(path), line \(section.line): [\(section.header)] is ignored: \(reason)")
            }
        }
    }

    private static func merge(_ section: ProfileFileParser.Section, into profile: inout AWSProfile) {
        for (name, property) in section.properties where name.utf8.allSatisfy(ProfileSectionName.isNameByte) {
            profile.properties[name] = property
        }
    }
}
