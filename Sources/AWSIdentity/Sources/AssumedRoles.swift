internal import AWSEndpoints

/// Assumes a profile's roles one after the other, the credentials of each being used for the next.
struct AssumedRoles: Sendable {
    let settings: IdentitySettings
    let profiles: AWSProfileSet
    let source: String

    func assume(_ roles: [RoleToAssume], from base: AWSCredentials) async throws -> AWSCredentials {
        guard !roles.isEmpty else { return base }
        let client = try client()
        var credentials = base
        for role in roles {
            credentials = try await client.assumeRole(role, mfaCode: code(for: role), with: credentials)
        }
        return credentials
    }

    func assume(_ role: WebIdentityRole) async throws -> AWSCredentials {
        let world = settings.world
        let token: String
        do throws(FileAccessError) {
            let contents = try world.files.read(role.tokenFile, limit: 64 << 10)
            token = String(decoding: contents.bytes, as: UTF8.self).trimmed
        } catch {
            throw CredentialSourceError(source: source, reason: .file(error))
        }
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw CredentialSourceError(source: source, reason: .invalid("\(role.tokenFile) holds no web identity token"))
        }
        return try await client().assumeRole(role, token: token)
    }

    private func client() throws -> STSClient {
        let region = settings.stsRegion(in: profiles)
        let endpoint = try settings.endpoint(of: .sts, region: region, in: profiles, for: source)
        return STSClient(world: settings.world, endpoint: endpoint, source: source)
    }

    private func code(for role: RoleToAssume) async throws -> String? {
        guard let serial = role.mfaSerial else { return nil }
        guard let ask = settings.world.mfaCode else {
            throw CredentialSourceError(source: source, reason: .profile(.mfaNeeded(serial: serial, profile: role.profile)))
        }
        return try await ask(serial).trimmed
    }
}

extension StringProtocol {
    /// Without white space and line breaks at both ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
