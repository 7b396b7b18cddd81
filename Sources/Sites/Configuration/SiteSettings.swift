/// One place where Terraform states live, as `sites.NAME` describes it.
public struct SiteSettings: Sendable, Equatable {
    public var name: String
    public var bucket: String
    /// Only keys that begin with this belong to the site. A plain string prefix, as S3 understands it.
    public var prefix: String?
    /// `workspace_key_prefix` of Terraform's S3 backend: named workspaces live at `PREFIX/NAME/KEY`.
    public var workspaceKeyPrefix: String
    /// Globs of keys to keep; empty means all states that are found.
    public var states: [String]
    /// Globs of keys to leave out.
    public var exclude: [String]
    public var access: S3AccessSettings
    public var encryption: ObjectEncryptionSettings
    public var lock: LockSettings
    /// The Terraform that works on these states, such as `1.11.4`: a restore warns of states that a newer one wrote.
    public var terraformVersion: String?

    /// Terraform's own default for `workspace_key_prefix`.
    public static let defaultWorkspaceKeyPrefix = "env:"

    public init(
        name: String, bucket: String, prefix: String? = nil, workspaceKeyPrefix: String = defaultWorkspaceKeyPrefix,
        states: [String] = [], exclude: [String] = [], access: S3AccessSettings = S3AccessSettings(),
        encryption: ObjectEncryptionSettings = ObjectEncryptionSettings(), lock: LockSettings = LockSettings(), terraformVersion: String? = nil
    ) {
        self.name = name
        self.bucket = bucket
        self.prefix = prefix
        self.workspaceKeyPrefix = workspaceKeyPrefix
        self.states = states
        self.exclude = exclude
        self.access = access
        self.encryption = encryption
        self.lock = lock
        self.terraformVersion = terraformVersion
    }
}
