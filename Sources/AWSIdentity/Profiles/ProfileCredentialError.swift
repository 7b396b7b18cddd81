/// Why a profile does not lead to credentials. The texts follow the AWS SDKs'.
public enum ProfileCredentialError: Error, Sendable, Hashable {
    /// Neither file has any profile.
    case noProfiles
    /// The selected profile is in neither file; `notes` tells what was skipped there.
    case missingProfile(String, notes: [String])
    /// A `source_profile` names a profile that is in neither file.
    case missingSourceProfile(String, referencedFrom: String)
    /// The profile has no property that speaks of credentials.
    case noCredentials(profile: String)
    /// `source_profile` leads back to where it came from; the profiles in their order.
    case loop([String])
    /// One of two properties that go together is there.
    case missingProperty(String, profile: String)
    /// Properties that exclude each other.
    case bothSources(profile: String)
    /// `role_arn` without any source of credentials to assume it with.
    case missingSource(profile: String)
    /// `web_identity_token_file` without `role_arn`.
    case webIdentityWithoutRole(profile: String)
    /// `credential_source` names no source that exists.
    case unknownCredentialSource(String, profile: String)
    /// `sso_account_id` and `sso_role_name` go together.
    case incompleteSSO(set: String, missing: String, profile: String)
    /// A property that belongs to the `[sso-session]`, with another value than there or without one there.
    case ssoPropertyOutsideSession(String, profile: String)
    /// `sso_session` names a section that is not there.
    case missingSSOSession(String, profile: String)
    /// `sso_session` alone gives a token for other services, no AWS keys.
    case ssoTokenOnly(profile: String)
    /// `duration_seconds` is no whole number of seconds from 900 to 43200.
    case invalidDuration(String, profile: String)
    /// The role wants an MFA code and nobody can be asked.
    case mfaNeeded(serial: String, profile: String)
    /// The profile has a session of `aws login` (`login_session`), which tfguard does not speak.
    case loginSession(profile: String)
}

extension ProfileCredentialError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noProfiles:
            return "No profiles were defined"
        case .missingProfile(let name, let notes):
            let hint = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
            return "profile `\(name)` is in neither the config nor the credentials file\(hint)"
        case .missingSourceProfile(let name, let from):
            return "could not find source profile \(name) referenced from \(from)"
        case .noCredentials(let profile):
            return "profile `\(profile)` did not contain credential information"
        case .loop(let names):
            return "profile formed an infinite loop: \(names.joined(separator: " -> "))"
        case .missingProperty(let property, let profile):
            return "profile missing \(property): `\(profile)` has the other half of it"
        case .bothSources(let profile):
            return "profile contained both source_profile and credential_source: remove one of them from `\(profile)`"
        case .missingSource(let profile):
            return "profile must contain `source_profile` or `credential_source` to assume its role: `\(profile)`"
        case .webIdentityWithoutRole(let profile):
            return "`web_identity_token_file` was specified but `role_arn` was missing in profile `\(profile)`"
        case .unknownCredentialSource(let source, let profile):
            return "credential_source `\(source)` of profile `\(profile)` is none of Environment, Ec2InstanceMetadata, EcsContainer"
        case .incompleteSSO(let set, let missing, let profile):
            return "if `\(set)` is set, then `\(missing)` must also be set (profile `\(profile)`)"
        case .ssoPropertyOutsideSession(let property, let profile):
            return "`\(property)` can only be specified in the [sso-session] config when a session name is given (profile `\(profile)`)"
        case .missingSSOSession(let name, let profile):
            return "sso-session named `\(name)` (referenced by profile `\(profile)`) was not found"
        case .ssoTokenOnly(let profile):
            return "selected profile will resolve an access token instead of credentials: `\(profile)` needs sso_account_id and sso_role_name"
        case .invalidDuration(let text, let profile):
            return "duration_seconds `\(text)` of profile `\(profile)` is no number of seconds from 900 to 43200"
        case .mfaNeeded(let serial, let profile):
            return "profile `\(profile)` needs a code of the MFA device \(serial), and nobody can be asked here"
        case .loginSession(let profile):
            return "profile `\(profile)` has a session of `aws login`, which tfguard does not read; "
                + "use `credential_process = aws configure export-credentials --profile \(profile) --format process` in a profile of its own"
        }
    }
}
