internal import Yams

extension VaultSettings {
    init?(reading node: YAMLMapping) {
        let location = node.requiredString("location").flatMap { Self.location($0, of: node) }
        let access = S3AccessSettings(reading: node)
        let objectEncryption = node.mapping("object_encryption").map { mapping in
            let settings = ObjectEncryptionSettings(reading: mapping)
            mapping.reportUnknownKeys()
            return settings
        }
        let encryption = Encryption(reading: node)
        node.reportUnknownKeys()
        guard let location else { return nil }
        self.init(location: location, access: access, objectEncryption: objectEncryption ?? ObjectEncryptionSettings(), encryption: encryption)
    }

    private static func location(_ text: String, of node: YAMLMapping) -> Location? {
        guard let rest = text.dropping("s3://") else {
            if text.contains("://") {
                node.problem("location", .invalidValue, "should be a folder or s3://BUCKET/PREFIX")
                return nil
            }
            return .folder(node.paths.resolve(text))
        }
        let bucket = rest.prefix { $0 != "/" }
        guard !bucket.isEmpty else {
            node.problem("location", .invalidValue, "names no bucket", hint: "write s3://BUCKET/PREFIX")
            return nil
        }
        var prefix = rest.dropFirst(bucket.count + 1)
        while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        return .s3(bucket: String(bucket), prefix: prefix.isEmpty ? nil : String(prefix))
    }
}

extension VaultSettings.Encryption {
    init(reading node: YAMLMapping) {
        self = .unspecified
        guard let value = node.node("encryption") else { return }
        if case .scalar(let scalar) = value {
            if scalar.string == "none" {
                self = .none
            } else {
                node.problem("encryption", .invalidValue, "should be none or a mapping", hint: "write { passphrase_command: … }, { passphrase_file: … } or { kms_key_id: … }")
            }
            return
        }
        guard let mapping = node.mapping("encryption") else { return }
        let choices: [Self?] = [
            mapping.string("passphrase_command").map { .passphrase(.command($0)) },
            mapping.path("passphrase_file").map { .passphrase(.file($0)) },
            mapping.string("passphrase_environment").map { .passphrase(.environment($0)) },
            mapping.string("kms_key_id").map { .kms(keyID: $0) },
        ]
        mapping.reportUnknownKeys()
        let given = choices.compactMap(\.self)
        if given.count == 1 {
            self = given[0]
        } else {
            mapping.problem(nil, .invalidValue, "should hold one of passphrase_command, passphrase_file, passphrase_environment and kms_key_id")
        }
    }
}
