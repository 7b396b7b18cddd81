extension StateReference {
    /// Reads what a person typed.
    ///
    /// A known site wins over a file of the same name; `./NAME` always means the file. The version follows the last `@` whose
    /// rest reads as one, since keys may contain `@`, even `@id=`.
    ///
    /// - Parameters:
    ///   - sites: the names that the configuration defines.
    ///   - isFile: tells whether a path exists; asked only for text that names no site.
    /// - Throws: ``ReferenceError`` that lists the accepted forms.
    public init(parsing text: String, sites: [String], isFile: (String) -> Bool = { _ in false }) throws(ReferenceError) {
        if text == "-" {
            self = .standardInput
            return
        }
        guard !text.isEmpty else { throw ReferenceError(reference: text, reason: .empty) }
        if ["/", "./", "../", "~/"].contains(where: text.hasPrefix) || text == "." || text == ".." {
            self = .path(text)
            return
        }
        var rest = Substring(text)
        let fromVault = rest.hasPrefix("vault:")
        if fromVault { rest = rest.dropFirst("vault:".count) }
        let name = rest.prefix { $0 != ":" && $0 != "@" }
        guard !name.isEmpty, sites.contains(String(name)) else {
            if !fromVault, isFile(text) || Self.looksLikePath(text) {
                self = .path(text)
                return
            }
            throw ReferenceError(reference: text, reason: name.isEmpty ? .empty : .unknownSite(name: String(name), known: sites))
        }
        rest = rest[name.endIndex...]
        let (key, version) = try Self.split(rest, of: text)
        self = .site(SiteReference(site: String(name), key: key, version: version, fromVault: fromVault))
    }

    /// Splits `[:KEY][@VERSION]` at its last `@` that begins a version.
    private static func split(_ rest: Substring, of text: String) throws(ReferenceError) -> (key: String?, version: VersionSelector) {
        // Scalars, not characters: a combining mark after the @ or : must not hide it.
        let scalars = rest.unicodeScalars
        var end = scalars.endIndex
        var complaint: String?
        while let at = scalars[..<end].lastIndex(of: "@") {
            let candidate = String(scalars[scalars.index(after: at)...])
            switch VersionSelector.read(candidate) {
            case .selector(let version):
                return (try key(String(scalars[..<at]), of: text), version)
            case .malformed(let reason):
                // The innermost complaint is about the shortest text, the one most likely meant as a version.
                if complaint == nil { complaint = reason }
            case .other:
                break
            }
            end = at
        }
        if let complaint { throw ReferenceError(reference: text, reason: .malformedVersion(complaint)) }
        return (try key(String(rest), of: text), .latest)
    }

    private static func key(_ text: String, of reference: String) throws(ReferenceError) -> String? {
        guard let first = text.unicodeScalars.first else { return nil }
        // `primary@nonsense`: with no colon there is no key for the @ to be part of.
        guard first == ":" else { throw ReferenceError(reference: reference, reason: .malformedVersion("\"\(text.unicodeScalars.dropFirst())\" is no version")) }
        let key = String(text.unicodeScalars.dropFirst())
        guard !key.isEmpty else { throw ReferenceError(reference: reference, reason: .emptyKey) }
        return key
    }

    /// Text with a slash before any colon, or with a file ending, is meant as a path even when nothing is there yet.
    private static func looksLikePath(_ text: String) -> Bool {
        let head = text.prefix { $0 != ":" }
        return head.contains("/") || (head.count == text.count && [".tfstate", ".json", ".backup"].contains(where: text.hasSuffix))
    }
}
