extension ProviderReference {
    /// Parses what Terraform's `addrs.ParseAbsProviderConfigStr` (and its legacy twin) accepts, and OpenTofu's instance
    /// key behind the alias; nil for everything else.
    public init?(parsing raw: String) {
        var rest = Scanner(raw)
        var modules: [String] = []
        while rest.take("module.") {
            guard let name = rest.identifier(), rest.take(".") else { return nil }
            modules.append("module.\(name)")
        }
        guard rest.take("provider") else { return nil }
        let parts: (host: String, namespace: String, type: String)
        if rest.take("[") {
            guard let source = rest.quoted(), rest.take("]"), let found = Self.source(source) else { return nil }
            parts = found
        } else {
            guard rest.take("."), let type = rest.identifier() else { return nil }
            parts = ("registry.terraform.io", "-", type)
        }
        var alias: String?, key: IndexKey?
        if rest.take(".") {
            guard let name = rest.identifier() else { return nil }
            alias = name
            if rest.take("[") {
                if let text = rest.quoted() { key = .string(text) } else if let number = rest.integer() { key = .int(number) } else { return nil }
                guard rest.take("]") else { return nil }
            }
        }
        guard rest.isAtEnd else { return nil }
        self.init(raw: raw, host: parts.host, namespace: parts.namespace, type: parts.type, alias: alias, key: key, module: modules.isEmpty ? nil : modules.joined(separator: "."))
    }

    /// `[host/]namespace/type`, or a lone type, with the defaults of Terraform's provider source addresses.
    private static func source(_ text: String) -> (host: String, namespace: String, type: String)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        guard parts.suffix(2).allSatisfy(isSourcePart) else { return nil }
        switch parts.count {
        case 1: return ("registry.terraform.io", "hashicorp", parts[0].lowercased())
        case 2: return ("registry.terraform.io", parts[0].lowercased(), parts[1].lowercased())
        default:
            guard isHost(parts[0]) else { return nil }
            return (parts[0].lowercased(), parts[1].lowercased(), parts[2].lowercased())
        }
    }

    /// Letters, digits and dashes, no dash at the ends or doubled; `-` alone is the legacy namespace.
    private static func isSourcePart(_ part: String) -> Bool {
        if part == "-" { return true }
        let allowed = part.unicodeScalars.allSatisfy { $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil }
        return allowed && !part.hasPrefix("-") && !part.hasSuffix("-") && !part.utf8.elementsContain("--")
    }

    private static func isHost(_ host: String) -> Bool {
        let name = host.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if name.count == 2, UInt16(name[1]) == nil { return false }
        return name[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.unicodeScalars.allSatisfy { $0 == "-" || $0.properties.isAlphabetic || $0.properties.numericType != nil }
        }
    }
}

extension String.UTF8View {
    fileprivate func elementsContain(_ text: String) -> Bool {
        let all = Array(self), wanted = Array(text.utf8)
        guard all.count >= wanted.count else { return false }
        return (0...(all.count - wanted.count)).contains { all[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
