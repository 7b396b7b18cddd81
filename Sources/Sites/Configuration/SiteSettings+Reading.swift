extension SiteSettings {
    init?(reading node: YAMLMapping, name: String) {
        guard Self.isValid(name: name) else {
            node.problem(nil, .invalidValue, "a site's name holds letters, digits, - and _ only, and is not vault", hint: "it is typed before the colon of a reference")
            return nil
        }
        let bucket = node.requiredString("bucket")
        let prefix = node.string("prefix")
        if let prefix, prefix.hasPrefix("/") {
            node.problem("prefix", .invalidValue, "begins with a slash, which no key of Terraform does", hint: "drop it")
        }
        let workspaces = node.string("workspace_key_prefix")
        let states = node.glob("states")
        let exclude = node.glob("exclude")
        let access = S3AccessSettings(reading: node)
        let encryption = ObjectEncryptionSettings(reading: node)
        let lock = node.mapping("lock").map(LockSettings.init(reading:)) ?? LockSettings()
        let terraformVersion = node.string("terraform_version")
        if let terraformVersion, terraformVersion.split(separator: ".").count < 2 {
            node.problem("terraform_version", .invalidValue, "is no version", hint: "write it whole and in quotes, such as \"1.11.4\"")
        }
        node.reportUnknownKeys()
        guard let bucket else { return nil }
        self.init(
            name: name, bucket: bucket, prefix: prefix.flatMap { $0.isEmpty ? nil : $0 },
            workspaceKeyPrefix: workspaces ?? Self.defaultWorkspaceKeyPrefix, states: states, exclude: exclude, access: access,
            encryption: encryption, lock: lock, terraformVersion: terraformVersion)
    }

    /// `vault:` begins a reference to the vault, so no site may be called that.
    static func isValid(name: String) -> Bool {
        guard !name.isEmpty, name != "vault", name.utf8.count <= 64, name.utf8.first != UInt8(ascii: "-") else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}

extension LockSettings {
    init(reading node: YAMLMapping) {
        self.init(useLockfile: node.bool("use_lockfile"), dynamodbTable: node.string("dynamodb_table"))
        node.reportUnknownKeys()
    }
}

extension ObjectEncryptionSettings {
    init(reading node: YAMLMapping) {
        self.init(
            encrypt: node.bool("encrypt") ?? false, kmsKeyID: node.string("kms_key_id"),
            customerKey: node.mapping("sse_customer_key").flatMap { SecretSource(reading: $0) })
    }
}

extension SecretSource {
    /// Reads `{file: PATH}` or `{environment: NAME}`.
    init?(reading node: YAMLMapping) {
        let file = node.path("file")
        let environment = node.string("environment")
        node.reportUnknownKeys()
        switch (file, environment) {
        case (let file?, nil): self = .file(file)
        case (nil, let environment?): self = .environment(environment)
        default:
            node.problem(nil, .invalidValue, "should name either a file or an environment variable")
            return nil
        }
    }
}
