/// Module instance addresses: `module.net["a.b"].module.sub[0]`.
public enum ModulePath {
    /// The same path without instance keys, as configuration addresses have it: `module.net.module.sub`.
    public static func withoutKeys(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: "[")) else { return path }
        var out: [UInt8] = []
        var inKey = false, quoted = false, escaped = false
        for byte in path.utf8 {
            if quoted {
                if escaped { escaped = false }
                else if byte == UInt8(ascii: "\\") { escaped = true }
                else if byte == UInt8(ascii: "\"") { quoted = false }
            } else if inKey {
                if byte == UInt8(ascii: "\"") { quoted = true }
                else if byte == UInt8(ascii: "]") { inKey = false }
            } else if byte == UInt8(ascii: "[") {
                inKey = true
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension ModulePath {
    /// Whether this is a module instance address: `module.NAME` with an optional key, repeated.
    static func isValid(_ path: String) -> Bool {
        var rest = Scanner(path), failed = false
        repeat {
            guard rest.take(word: "module"), rest.take("."), rest.identifier() != nil else { return false }
            _ = rest.key(failed: &failed)
        } while !failed && rest.take(".")
        return rest.isAtEnd && !failed
    }
}
