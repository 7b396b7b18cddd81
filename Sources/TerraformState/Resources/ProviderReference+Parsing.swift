extension ProviderReference {
    /// Parses what Terraform's `addrs.ParseAbsProviderConfigStr` (and its legacy twin) accepts, and OpenTofu's instance
    /// key behind the alias; nil for everything else. The rules were compared with terraform 1.11.4 case by case.
    public init?(parsing raw: String) {
        var rest = Scanner(raw)
        var modules: [String] = []
        while rest.take(word: "module") {
            guard rest.take("."), let name = rest.identifier(), rest.take(".") else { return nil }
            modules.append("module.\(name)")
        }
        guard rest.take(word: "provider") else { return nil }
        let parts: (host: String, namespace: String, type: String)
        if rest.take("[") {
            guard let source = rest.quoted(), rest.take("]"), let found = ProviderSource.parse(source) else { return nil }
            parts = found
        } else {
            guard rest.take("."), let type = rest.identifier() else { return nil }
            parts = (ProviderSource.defaultHost, "-", type)
        }
        var alias: String?, key: IndexKey?, failed = false
        if rest.take(".") {
            guard let name = rest.identifier() else { return nil }
            alias = name
            key = rest.key(failed: &failed)
        }
        guard rest.isAtEnd, !failed else { return nil }
        self.init(
            raw: raw, host: parts.host, namespace: parts.namespace, type: parts.type, alias: alias, key: key,
            module: modules.isEmpty ? nil : modules.joined(separator: "."))
    }
}
