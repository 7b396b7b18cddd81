extension S3AccessSettings {
    /// Reads the keys that sites and S3 vaults share, from the mapping that holds them.
    init(reading node: YAMLMapping) {
        self.init()
        region = node.string("region")
        if let region, !Self.isHostLabel(region) { node.problem("region", .invalidValue, "is no region name", hint: "such as eu-central-1") }
        endpoints = ServiceEndpoints(reading: node)
        usePathStyle = node.bool("use_path_style")
        useDualStack = node.bool("use_dualstack_endpoint")
        useFIPS = node.bool("use_fips_endpoint")
        profile = node.string("profile")
        sharedConfigFile = node.path("shared_config_file")
        sharedCredentialsFile = node.path("shared_credentials_file")
        assumeRole = AssumedRole.read(node)
        expectedBucketOwner = node.string("expected_bucket_owner")
        if let owner = expectedBucketOwner, owner.utf8.count != 12 || !owner.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) {
            node.problem("expected_bucket_owner", .invalidValue, "should be an account id of twelve digits")
        }
        requesterPays = node.bool("requester_pays") ?? false
        caBundle = node.path("ca_bundle")
        httpProxy = node.url("http_proxy")
        httpsProxy = node.url("https_proxy")
        noProxy = node.string("no_proxy")
        maxAttempts = node.int("max_attempts", in: 1...100)
        parallel = node.int("parallel", in: 1...1024)
        allowHTTP = node.bool("allow_http") ?? false
    }

    /// What may stand between the dots of a host name: the guard of the SDKs against regions that rewrite the URL.
    private static func isHostLabel(_ text: String) -> Bool {
        guard (1...63).contains(text.utf8.count), !text.hasPrefix("-"), !text.hasSuffix("-") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}

extension ServiceEndpoints {
    init(reading node: YAMLMapping) {
        self.init()
        let single = node.url("endpoint")
        if let map = node.mapping("endpoints") {
            s3 = map.url("s3")
            sts = map.url("sts")
            sso = map.url("sso")
            dynamodb = map.url("dynamodb")
            iam = map.url("iam")
            kms = map.url("kms")
            map.reportUnknownKeys()
            if single != nil, s3 != nil { node.problem("endpoint", .invalidValue, "stands beside endpoints.s3", hint: "keep one of them") }
        }
        s3 = single ?? s3
    }
}

extension AssumedRole {
    /// Reads `role_arn` with its companions, or Terraform's `assume_role` block.
    static func read(_ node: YAMLMapping) -> AssumedRole? {
        let flat = read(fields: node, isBlock: false)
        guard let block = node.mapping("assume_role") else { return flat }
        let nested = read(fields: block, isBlock: true)
        block.reportUnknownKeys()
        if flat != nil { node.problem("assume_role", .invalidValue, "stands beside role_arn", hint: "keep one of them") }
        return nested
    }

    private static func read(fields node: YAMLMapping, isBlock: Bool) -> AssumedRole? {
        let arn = isBlock ? node.requiredString("role_arn") : node.string("role_arn")
        let external = node.string("external_id")
        let session = node.string("session_name")
        let duration = node.duration("duration")
        guard let arn else {
            if !isBlock, let orphan = [("external_id", external != nil), ("session_name", session != nil), ("duration", duration != nil)].first(where: \.1) {
                node.problem(orphan.0, .missingKey, "is given without role_arn")
            }
            return nil
        }
        if !arn.hasPrefix("arn:") { node.problem("role_arn", .invalidValue, "should be an ARN", hint: "such as arn:aws:iam::123456789012:role/NAME") }
        if let duration, duration < .seconds(900) || duration > .seconds(43_200) {
            node.problem("duration", .invalidValue, "AWS allows 15m to 12h")
        }
        return AssumedRole(roleARN: arn, externalID: external, sessionName: session, duration: duration)
    }
}
