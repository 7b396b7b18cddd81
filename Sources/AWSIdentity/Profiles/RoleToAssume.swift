/// A role that a profile assumes with other credentials (`sts:AssumeRole`).
struct RoleToAssume: Equatable {
    enum Source: Equatable {
        case profile(String)
        case named(ProfileCredentialPlan.NamedSource)
    }

    var arn: String
    var profile: String
    var sessionName: String?
    var externalID: String?
    /// Seconds, 900 to 43200; nil for the role's own hour.
    var duration: Int?
    /// Serial number or ARN of the device whose code must be told.
    var mfaSerial: String?
    /// Whose credentials assume it.
    let source: Source

    init(arn: String, profile: String, sessionName: String?, externalID: String?, duration: Int?, source: Source) {
        (self.arn, self.profile, self.sessionName, self.externalID) = (arn, profile, sessionName, externalID)
        (self.duration, self.source) = (duration, source)
    }

    /// Nil when the profile assumes no role in this way.
    init?(_ profile: AWSProfile) throws(ProfileCredentialError) {
        guard let arn = profile["role_arn"], profile["web_identity_token_file"] == nil else { return nil }
        self.arn = arn
        self.profile = profile.name
        sessionName = profile["role_session_name"]
        externalID = profile["external_id"]
        mfaSerial = profile["mfa_serial"]
        if let text = profile["duration_seconds"] {
            guard let seconds = Int(text), (900...43_200).contains(seconds) else {
                throw .invalidDuration(text, profile: profile.name)
            }
            duration = seconds
        }
        source = try Self.source(profile)
    }

    private static func source(_ profile: AWSProfile) throws(ProfileCredentialError) -> Source {
        switch (profile["source_profile"], profile["credential_source"]) {
        case (.some, .some): throw .bothSources(profile: profile.name)
        case (nil, nil): throw .missingSource(profile: profile.name)
        case (let name?, nil): return .profile(name)
        case (nil, let text?):
            guard let source = ProfileCredentialPlan.NamedSource(rawValue: text) else {
                throw .unknownCredentialSource(text, profile: profile.name)
            }
            return .named(source)
        }
    }
}
