/// A web identity token named by the environment, as EKS (IAM roles for service accounts) and CI systems set it.
struct WebIdentityEnvironmentSource: CredentialSource {
    let settings: IdentitySettings

    var name: String { "web identity token" }

    func fetch() async throws -> AWSCredentials {
        let environment = settings.world.environment
        guard let file = environment.setting("AWS_WEB_IDENTITY_TOKEN_FILE") else {
            throw failure(.notConfigured("AWS_WEB_IDENTITY_TOKEN_FILE is not set"))
        }
        guard let arn = environment.setting("AWS_ROLE_ARN") else { throw failure(.incomplete(missing: "AWS_ROLE_ARN")) }
        let role = WebIdentityRole(
            arn: arn, tokenFile: file, sessionName: environment.setting("AWS_ROLE_SESSION_NAME"))
        let profiles: AWSProfileSet
        do throws(ProfileFileError) {
            profiles = try settings.profiles()
        } catch {
            throw failure(.profileFile(error))
        }
        return try await AssumedRoles(settings: settings, profiles: profiles, source: name).assume(role)
    }
}
