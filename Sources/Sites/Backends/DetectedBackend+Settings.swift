extension DetectedBackend {
    /// Reads the settings of `backend "s3"`; see https://developer.hashicorp.com/terraform/language/backend/s3.
    /// - Returns: nil when not even the bucket can be read.
    init?(settings: [String: BackendValue], source: Source, siteName: String) {
        var notes: [String] = []
        func read(_ values: [String: BackendValue], _ name: String) -> BackendValue? {
            guard let value = values[name], !value.isNull else { return nil }
            if case .expression(let text) = value {
                notes.append("\(name) = \(text.prefix(80)) is no literal: write its value into tfguard.yaml")
                return nil
            }
            return value
        }
        func text(_ name: String) -> String? { read(settings, name)?.text }
        func members(_ name: String) -> [String: BackendValue] {
            switch read(settings, name) {
            case .object(let members): members
            case .list(let list): if case .object(let members) = list.first { members } else { [:] }
            default: [:]
            }
        }

        let bucket = text("bucket")
        key = text("key")
        let endpoints = members("endpoints")
        var access = S3AccessSettings()
        access.region = text("region")
        access.endpoints.s3 = read(endpoints, "s3")?.text ?? text("endpoint")
        access.endpoints.sts = read(endpoints, "sts")?.text ?? text("sts_endpoint")
        access.endpoints.sso = read(endpoints, "sso")?.text
        access.endpoints.dynamodb = read(endpoints, "dynamodb")?.text ?? text("dynamodb_endpoint")
        access.endpoints.iam = read(endpoints, "iam")?.text ?? text("iam_endpoint")
        access.usePathStyle = read(settings, "use_path_style")?.flag ?? read(settings, "force_path_style")?.flag
        access.useDualStack = read(settings, "use_dualstack_endpoint")?.flag
        access.useFIPS = read(settings, "use_fips_endpoint")?.flag
        access.profile = text("profile")
        access.sharedConfigFile = Self.first(read(settings, "shared_config_files"), "shared_config_files", &notes)
        access.sharedCredentialsFile =
            Self.first(read(settings, "shared_credentials_files"), "shared_credentials_files", &notes) ?? text("shared_credentials_file")
        access.assumeRole = Self.role(settings, members("assume_role"), read)
        access.caBundle = text("custom_ca_bundle")
        access.httpProxy = Self.withoutCredentials(text("http_proxy"), "http_proxy", &notes)
        access.httpsProxy = Self.withoutCredentials(text("https_proxy"), "https_proxy", &notes)
        access.noProxy = text("no_proxy")
        access.maxAttempts = text("max_retries").flatMap(Int.init).flatMap { (0..<100).contains($0) ? $0 + 1 : nil }
        var encryption = ObjectEncryptionSettings()
        encryption.encrypt = read(settings, "encrypt")?.flag ?? false
        encryption.kmsKeyID = text("kms_key_id")
        let lock = LockSettings(useLockfile: read(settings, "use_lockfile")?.flag, dynamodbTable: text("dynamodb_table"))
        let workspaces = text("workspace_key_prefix") ?? SiteSettings.defaultWorkspaceKeyPrefix

        for name in ["access_key", "secret_key", "token"] where settings[name].map({ !$0.isNull }) ?? false {
            notes.append("\(name) was left out: tfguard.yaml never holds secrets; name a profile or set the AWS environment variables")
        }
        if let value = settings["sse_customer_key"], !value.isNull {
            notes.append("sse_customer_key was left out: write sse_customer_key: { file: PATH } or { environment: NAME }")
        }
        if let value = settings["assume_role_with_web_identity"], !value.isNull {
            notes.append("assume_role_with_web_identity was not taken over: set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE, or a profile")
        }
        if let endpoint = access.endpoints.s3, endpoint.hasPrefix("http://") {
            notes.append("the endpoint is not encrypted: unless it is this machine, allow_http: true is needed")
        }
        for (name, value) in [("bucket", bucket), ("key", key), ("region", access.region)] where value == nil && !notes.contains(where: { $0.hasPrefix("\(name) = ") }) {
            notes.append("\(name) is not in \(source.file): Terraform gets it from -backend-config, the environment or a prompt")
        }
        guard let bucket else { return nil }
        self.source = source
        self.notes = notes
        site = SiteSettings(name: siteName, bucket: bucket, workspaceKeyPrefix: workspaces, access: access, encryption: encryption, lock: lock)
    }

    /// Terraform up to 1.9 and OpenTofu also know the role's settings at top level.
    private static func role(
        _ settings: [String: BackendValue], _ block: [String: BackendValue], _ read: ([String: BackendValue], String) -> BackendValue?
    ) -> AssumedRole? {
        let nested = read(block, "role_arn")?.text
        guard let arn = nested ?? read(settings, "role_arn")?.text else { return nil }
        let values = nested == nil ? settings : block
        let duration = read(values, "duration")?.text.flatMap { RelativeTime($0)?.duration }
            ?? read(values, "assume_role_duration_seconds")?.text.flatMap(Int.init).map { .seconds($0) }
        return AssumedRole(
            roleARN: arn, externalID: read(values, "external_id")?.text, sessionName: read(values, "session_name")?.text, duration: duration)
    }

    private static func first(_ value: BackendValue?, _ name: String, _ notes: inout [String]) -> String? {
        guard case .list(let list) = value else { return value?.text }
        if list.count > 1 { notes.append("\(name) lists \(list.count) files: only the first was taken over") }
        return list.first?.text
    }

    private static func withoutCredentials(_ url: String?, _ name: String, _ notes: inout [String]) -> String? {
        guard let url, url.prefix(while: { $0 != "?" }).contains("@") else { return url }
        notes.append("\(name) was left out because it holds a user name or password: set the proxy in the environment")
        return nil
    }
}
