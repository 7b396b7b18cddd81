import Testing

@testable import AWSIdentity

/// A set of profiles, and the chain of steps that leads from one of them to credentials.
struct PlanCase: Decodable {
    struct Input: Decodable {
        let profiles: [String: [String: String]]
        let sso_sessions: [String: [String: String]]?
        let selected_profile: String
    }
    struct Output: Decodable {
        let ProfileChain: [[String: Step]]?
        let Error: String?
    }
    /// A string (`NamedSource`) or an object.
    struct Step: Decodable, Equatable {
        var fields: [String: String]

        init(_ fields: [String: String?]) { self.fields = fields.compactMapValues { $0 } }

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                fields = ["": text]
            } else {
                fields = try value.decode([String: String].self)
            }
        }
    }
    let docs: String
    let input: Input
    let output: Output

    func check() throws {
        func sections(_ kind: String, _ all: [String: [String: String]]) -> String {
            all.map { name, properties in
                "[\(kind) \(name)]\n" + properties.map { "\($0.key) = \($0.value)\n" }.joined()
            }.joined()
        }
        let text = sections("profile", input.profiles) + sections("sso-session", input.sso_sessions ?? [:])
        let set = try AWSProfileSet(config: Array(text.utf8), credentials: nil)
        do throws(ProfileCredentialError) {
            let plan = try ProfileCredentialPlan(profile: input.selected_profile, in: set)
            // A login for a token only is found when it is used.
            #expect(steps(plan) == output.ProfileChain, "\(docs)")
        } catch {
            let wanted = try #require(output.Error, "\(docs): \(error)")
            #expect("\(error)".contains(wanted), "\(docs)")
        }
    }

    private func steps(_ plan: ProfileCredentialPlan) -> [[String: Step]] {
        let base: [String: Step] =
            switch plan.base {
            case .keys(let keys):
                ["AccessKey": Step(["access_key_id": keys.accessKeyID, "secret_access_key": keys.secretAccessKey])]
            case .named(let source): ["NamedSource": Step(["": source.rawValue])]
            case .webIdentity(let role):
                [
                    "WebIdentityToken": Step([
                        "role_arn": role.arn, "web_identity_token_file": role.tokenFile,
                        "role_session_name": role.sessionName,
                    ])
                ]
            case .sso(let login):
                [
                    "Sso": Step([
                        "sso_account_id": login.account, "sso_role_name": login.role, "sso_region": login.region,
                        "sso_start_url": login.startURL, "sso_session": login.session,
                    ])
                ]
            case .program(let command): ["CredentialProcess": Step(["": command])]
            }
        return [base]
            + plan.roles.map { role in
                [
                    "AssumeRole": Step([
                        "role_arn": role.arn, "external_id": role.externalID, "role_session_name": role.sessionName,
                    ])
                ]
            }
    }
}
