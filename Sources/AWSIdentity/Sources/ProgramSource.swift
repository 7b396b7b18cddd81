internal import Foundation
internal import Timestamps

/// The `credential_process` of a profile: a program that prints keys as JSON (AWS SDKs and Tools Reference Guide,
/// "Process credential provider").
struct ProgramSource: CredentialSource {
    let world: IdentityWorld
    let command: String
    let name: String

    static let outputLimit = 1 << 20
    static let timeout: Duration = .seconds(60)

    func fetch() async throws -> AWSCredentials {
        let output: ProgramOutput
        do {
            output = try await world.programs.run(
                command, environment: world.environment, outputLimit: Self.outputLimit, timeout: Self.timeout)
        } catch let error as ProgramError {
            throw failure(.program(error))
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(output.bytes)) else {
            throw failure(
                .malformedAnswer(
                    "Error retrieving credentials from external process, could not parse response: invalid JSON in response"))
        }
        guard answer.Version == 1 else {
            throw failure(.malformedAnswer("credential_process printed Version \(answer.Version), only 1 is known"))
        }
        guard let key = answer.AccessKeyId, let secret = answer.SecretAccessKey, !key.isEmpty, !secret.isEmpty else {
            throw failure(.malformedAnswer("credential_process printed no AccessKeyId and SecretAccessKey"))
        }
        var expiration: Timestamp?
        if let text = answer.Expiration {
            guard let time = Timestamp(rfc3339: text) else {
                throw failure(.malformedAnswer("credential_process printed an Expiration that is no RFC 3339 time"))
            }
            guard time > world.now() else {
                throw failure(.malformedAnswer("credential_process printed credentials that have expired at \(time.rfc3339)"))
            }
            expiration = time
        }
        return AWSCredentials(
            accessKeyID: key, secretAccessKey: secret, sessionToken: answer.SessionToken, expiration: expiration,
            accountID: answer.AccountId)
    }

    /// Named as the JSON names them.
    private struct Answer: Decodable {
        let Version: Int
        let AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId: String?
    }
}
