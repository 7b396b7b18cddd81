/// Writes the `tfguard.yaml` that `tfguard init` proposes.
public enum StarterConfiguration {
    /// The text of the file: everything that was found, and commented examples of what usually comes next.
    public static func text(for backend: DetectedBackend, vault: String = "./tfguard-vault") -> String {
        let site = backend.site
        var text = """
            # tfguard.yaml: which Terraform states to guard, and where the backups go.
            # Taken over from \(comment("\(backend.source)")) by tfguard init. It holds no credentials, and never should:
            # they come from the environment, from a profile or from a role.

            vault:
              location: \(YAMLScalar.text(vault))
              # encryption: { passphrase_file: ~/.config/tfguard/passphrase }

            sites:
              \(site.name):
                bucket: \(YAMLScalar.text(site.bucket))

            """
        for note in backend.notes { text += "    # note: \(comment(note))\n" }
        if let key = backend.key {
            text += "    # This folder's own state is \(comment(key)); tfguard guards every state of the bucket.\n"
            text += "    # To guard only some of them: prefix: \(comment(folder(of: key))) or states: [\"**/terraform.tfstate\"]\n"
        }
        text += settings(of: site).map { "    \($0)\n" }.joined()
        text += """

              # The replica in the other region, once there is one:
              # dr:
              #   bucket: \(comment(site.bucket))-dr
              #   region: us-west-2
            # replication: [ { from: \(site.name), to: dr, recovery_point: 15m } ]

            # How many versions of each state the vault keeps when tfguard vault forget runs:
            # retention: { keep_last: 50, keep_daily: 30, keep_weekly: 12, keep_monthly: 24, keep_yearly: 7 }

            """
        return text
    }

    /// The lines of a site below its bucket, without indentation.
    private static func settings(of site: SiteSettings) -> [String] {
        let access = site.access
        var lines: [String] = []
        func add(_ key: String, _ value: String?) { if let value { lines.append("\(key): \(YAMLScalar.text(value))") } }
        func add(_ key: String, _ value: Bool?) { if let value { lines.append("\(key): \(value)") } }
        func block(_ name: String, _ entries: [(String, String?)]) {
            let entries = entries.compactMap { key, value in value.map { "\(key): \($0)" } }
            guard !entries.isEmpty else { return }
            lines.append("\(name): { \(entries.joined(separator: ", ")) }")
        }
        func quoted(_ value: String?) -> String? { value.map(YAMLScalar.text) }
        add("region", access.region)
        add("prefix", site.prefix)
        if site.workspaceKeyPrefix != SiteSettings.defaultWorkspaceKeyPrefix { add("workspace_key_prefix", site.workspaceKeyPrefix) }
        block(
            "endpoints",
            [
                ("s3", quoted(access.endpoints.s3)), ("sts", quoted(access.endpoints.sts)), ("sso", quoted(access.endpoints.sso)),
                ("dynamodb", quoted(access.endpoints.dynamodb)), ("iam", quoted(access.endpoints.iam)), ("kms", quoted(access.endpoints.kms)),
            ])
        add("use_path_style", access.usePathStyle)
        add("use_dualstack_endpoint", access.useDualStack)
        add("use_fips_endpoint", access.useFIPS)
        add("profile", access.profile)
        add("shared_config_file", access.sharedConfigFile)
        add("shared_credentials_file", access.sharedCredentialsFile)
        if let role = access.assumeRole {
            add("role_arn", role.roleARN)
            add("external_id", role.externalID)
            add("session_name", role.sessionName)
            add("duration", role.duration.flatMap { RelativeTime(seconds: $0.components.seconds)?.description })
        }
        add("ca_bundle", access.caBundle)
        add("http_proxy", access.httpProxy)
        add("https_proxy", access.httpsProxy)
        add("no_proxy", access.noProxy)
        if let attempts = access.maxAttempts { lines.append("max_attempts: \(attempts)") }
        if site.encryption.encrypt { lines.append("encrypt: true") }
        add("kms_key_id", site.encryption.kmsKeyID)
        block("lock", [("use_lockfile", site.lock.useLockfile.map(String.init)), ("dynamodb_table", quoted(site.lock.dynamodbTable))])
        return lines
    }

    private static func folder(of key: String) -> String {
        key.lastIndex(of: "/").map { String(key[...$0]) } ?? key
    }

    /// Text that cannot end its comment, whatever it holds.
    private static func comment(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control || $0 == "\u{2028}" || $0 == "\u{2029}" || $0 == "\u{85}" ? "?" : $0 }))
    }
}
