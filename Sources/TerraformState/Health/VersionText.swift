/// Version strings as hashicorp/go-version's `NewVersion` takes them: `1.11.4`, `v0.13`, `1.17.0-dev`, `1.8.0-rc1+build.2`.
enum VersionText {
    static func isVersion(_ text: String) -> Bool {
        var rest = Substring(text)
        if rest.hasPrefix("v") { rest = rest.dropFirst() }
        let core = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        // More than 18 digits do not fit its int64.
        guard core.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty && $0.utf8.count <= 18 }) else {
            return false
        }
        let parts = rest.dropFirst(core.count).split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !hasWellFormedParts(parts[1]) { return false }
        guard let prerelease = parts.first, let mark = prerelease.utf8.first else { return true }
        return mark &- UInt8(ascii: "0") >= 10 && mark != UInt8(ascii: ".") && hasWellFormedParts(prerelease)
    }

    /// Letters, digits, `-` and `~` between dots.
    private static func hasWellFormedParts(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
                        || byte == UInt8(ascii: "~")
                }
        }
    }
}
