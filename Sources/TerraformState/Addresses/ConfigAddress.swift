/// Addresses of things in the configuration, as far as telling well-formed ones from others goes.
enum ConfigAddress {
    /// `[module.NAME.]*[data.]TYPE.NAME`, without instance keys: what `dependencies` must hold. Terraform refuses the whole
    /// file for any other.
    static func isResource(_ text: String) -> Bool {
        guard var words = words(text, keys: false) else { return false }
        while words.count > 2, words[0] == "module" { words.removeFirst(2) }
        if words.count == 3, words[0] == "data" || words[0] == "ephemeral" { words.removeFirst() }
        return words.count == 2 && words[0] != "module"
    }

    /// Any address of a checkable object: a resource, or `output.NAME`, `check.NAME`, `var.NAME`.
    static func isCheckable(_ text: String, keys: Bool) -> Bool {
        guard let words = words(text, keys: keys) else { return false }
        return words.count >= 2
    }

    /// The identifiers between the dots; nil when anything else stands there.
    private static func words(_ text: String, keys: Bool) -> [String]? {
        var rest = Scanner(text), words: [String] = []
        repeat {
            guard let word = rest.identifier() else { return nil }
            words.append(word)
            var failed = false
            let key = rest.key(failed: &failed)
            if failed || (key != nil && !keys) { return nil }
        } while rest.take(".")
        return rest.isAtEnd ? words : nil
    }
}
