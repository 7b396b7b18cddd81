/// A state of a site, as far as the reference says: resolve it against the keys and versions there are.
public struct SiteReference: Hashable, Sendable {
    public var site: String
    /// A key, or the end of one; nil when the site is expected to hold one state.
    public var key: String?
    public var version: VersionSelector
    /// Read from the vault alone, even when S3 answers.
    public var fromVault: Bool

    public init(site: String, key: String? = nil, version: VersionSelector = .latest, fromVault: Bool = false) {
        self.site = site
        self.key = key
        self.version = version
        self.fromVault = fromVault
    }

    // Keys are byte strings: `é` composed and decomposed are two keys, which String's own == would merge.
    public static func == (left: Self, right: Self) -> Bool {
        left.site == right.site && left.version == right.version && left.fromVault == right.fromVault
            && left.key.map { Array($0.utf8) } == right.key.map { Array($0.utf8) }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(site)
        hasher.combine(version)
        for byte in (key ?? "").utf8 { hasher.combine(byte) }
    }
}

extension SiteReference: CustomStringConvertible {
    /// Text that parses to the same reference: `@latest` is left out unless the key would be misread without it.
    public var description: String {
        var text = fromVault ? "vault:\(site)" : site
        if let key { text += ":\(key)" }
        if version == .latest {
            guard let key, key.unicodeScalars.contains("@") else { return text }
        }
        return text + "@\(version)"
    }
}
