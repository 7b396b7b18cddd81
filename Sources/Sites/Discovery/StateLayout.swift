/// Where the states of a site may lie in its bucket: below its prefix, and below the prefix of the workspaces.
///
/// Terraform stores a named workspace at `WORKSPACE_KEY_PREFIX/NAME/KEY`, so that the workspaces of a key below `prod/` do
/// not themselves lie below `prod/`.
public struct StateLayout: Sendable, Hashable {
    public var prefix: String?
    public var workspaceKeyPrefix: String

    public init(prefix: String? = nil, workspaceKeyPrefix: String = SiteSettings.defaultWorkspaceKeyPrefix) {
        self.prefix = prefix
        self.workspaceKeyPrefix = workspaceKeyPrefix
    }

    public init(_ site: SiteSettings) {
        self.init(prefix: site.prefix, workspaceKeyPrefix: site.workspaceKeyPrefix)
    }

    /// The prefixes to list, none of which contains another.
    public var listingPrefixes: [String?] {
        guard let prefix, !prefix.isEmpty else { return [nil] }
        guard !workspaceKeyPrefix.isEmpty else { return [nil] }
        let workspaces = workspaceKeyPrefix + "/"
        if workspaces.utf8.starts(with: prefix.utf8) || prefix.utf8.starts(with: workspaces.utf8) { return [prefix] }
        return [prefix, workspaces]
    }

    /// Whether a key belongs to the site: it, or the key of its workspace, begins with the prefix.
    public func contains(_ key: String) -> Bool {
        guard let prefix, !prefix.isEmpty else { return true }
        if key.utf8.starts(with: prefix.utf8) { return true }
        guard let rest = split(key)?.key else { return false }
        return rest.utf8.starts(with: prefix.utf8)
    }

    /// The named workspace that a key belongs to, and the key in the default workspace.
    public func split(_ key: String) -> (workspace: String, key: String)? {
        let bytes = key.utf8
        let head = workspaceKeyPrefix.isEmpty ? [] : Array("\(workspaceKeyPrefix)/".utf8)
        guard bytes.starts(with: head) else { return nil }
        let rest = bytes.dropFirst(head.count)
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")), slash != rest.startIndex else { return nil }
        let remainder = rest[rest.index(after: slash)...]
        guard !remainder.isEmpty, let workspace = String(rest[..<slash]), let key = String(remainder) else { return nil }
        return (workspace, key)
    }
}
