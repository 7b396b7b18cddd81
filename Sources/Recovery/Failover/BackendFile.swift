public import Sites

/// Settings of Terraform's S3 backend for `terraform init -backend-config=FILE`: one root at one site.
///
/// What the file names replaces what the code's `backend "s3"` block names; `null` takes it out. Credentials and keys are
/// never in it. (https://developer.hashicorp.com/terraform/language/backend/s3)
public struct BackendFile: Sendable, Hashable {
    /// The file's name, the same for the same root at the same site.
    public var name: String
    public var text: String
    /// The key of the default workspace: what `key` of the backend is.
    public var root: String
    /// Named workspaces among the states that the file is for.
    public var workspaces: [String]

    /// - Parameters:
    ///   - root: the backend's `key`.
    ///   - workspaces: named workspaces that are meant.
    public init(site: SiteSettings, root: String, workspaces: [String] = []) {
        name = "\(site.name).\(Self.fileName(of: root)).s3.tfbackend"
        self.root = root
        self.workspaces = workspaces
        text = Self.text(site, root)
    }

    /// One file for each root that the states belong to, roots in the order of their first state.
    public static func files(for keys: [String], at site: SiteSettings) -> [BackendFile] {
        let layout = StateLayout(site)
        var order: [String] = []
        var workspaces: [String: [String]] = [:]
        for key in keys {
            let split = layout.split(key)
            let root = split?.key ?? key
            if workspaces[root] == nil { order.append(root) }
            workspaces[root, default: []] += split.map { [$0.workspace] } ?? []
        }
        return order.map { BackendFile(site: site, root: $0, workspaces: workspaces[$0] ?? []) }
    }

    /// A key as one file name that no other key has and no shell minds.
    private static func fileName(of key: String) -> String {
        var name = ""
        for byte in key.utf8 {
            switch byte {
            case UInt8(ascii: "/"): name += "+"
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16)
                name += "=" + (hex.utf8.count == 1 ? "0" : "") + hex
            }
        }
        return name
    }

    private static func text(_ site: SiteSettings, _ root: String) -> String {
        let access = site.access
        var lines = [
            "# The S3 backend of site \(site.name), written by tfguard. It holds no credentials.",
            "bucket               = \(HCLText.quoted(site.bucket))",
            "key                  = \(HCLText.quoted(root))",
            "workspace_key_prefix = \(HCLText.quoted(site.workspaceKeyPrefix))",
        ]
        func add(_ name: String, _ value: String?) { if let value { lines.append("\(name) = \(value)") } }
        func text(_ value: String?) -> String? { value.map(HCLText.quoted) }
        func list(_ value: String?) -> String? { value.map { "[\(HCLText.quoted($0))]" } }
        add("region", text(access.region))
        if site.lock.useLockfile != nil || site.lock.dynamodbTable != nil {
            add("use_lockfile", "\(site.lock.useLockfile ?? false)")
            add("dynamodb_table", text(site.lock.dynamodbTable) ?? "null")
        }
        if site.encryption.encrypt { add("encrypt", "true") }
        // A key of the other region would be of no use here.
        add("kms_key_id", text(site.encryption.kmsKeyID) ?? "null")
        if site.encryption.customerKey != nil { lines.append("# sse_customer_key: set AWS_SSE_CUSTOMER_KEY") }
        add("profile", text(access.profile) ?? "null")
        add("assume_role", role(access.assumeRole) ?? "null")
        add("shared_config_files", list(access.sharedConfigFile))
        add("shared_credentials_files", list(access.sharedCredentialsFile))
        add("endpoints", endpoints(access.endpoints) ?? "null")
        add("use_path_style", access.usePathStyle.map { "\($0)" })
        add("use_fips_endpoint", access.useFIPS.map { "\($0)" })
        add("use_dualstack_endpoint", access.useDualStack.map { "\($0)" })
        add("custom_ca_bundle", text(access.caBundle))
        add("http_proxy", text(access.httpProxy))
        add("https_proxy", text(access.httpsProxy))
        add("no_proxy", text(access.noProxy))
        if access.endpoints.s3 != nil {
            // A server other than AWS has no account ids, and regions of its own.
            for name in ["skip_credentials_validation", "skip_requesting_account_id", "skip_metadata_api_check", "skip_region_validation"] { add(name, "true") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func role(_ role: AssumedRole?) -> String? {
        guard let role else { return nil }
        var members = ["role_arn = \(HCLText.quoted(role.roleARN))"]
        if let id = role.externalID { members.append("external_id = \(HCLText.quoted(id))") }
        if let name = role.sessionName { members.append("session_name = \(HCLText.quoted(name))") }
        if let duration = role.duration { members.append("duration = \"\(duration.components.seconds)s\"") }
        return "{ \(members.joined(separator: ", ")) }"
    }

    private static func endpoints(_ endpoints: ServiceEndpoints) -> String? {
        let named = [("s3", endpoints.s3), ("dynamodb", endpoints.dynamodb), ("sts", endpoints.sts), ("sso", endpoints.sso)]
        let members = named.compactMap { name, url in url.map { "\(name) = \(HCLText.quoted($0))" } }
        return members.isEmpty ? nil : "{ \(members.joined(separator: ", ")) }"
    }
}

/// Text in HCL's syntax (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions).
enum HCLText {
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1f}", "\u{7f}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        // A template would begin there.
        return result.replacing("${", with: "$${").replacing("%{", with: "%%{") + "\""
    }
}
