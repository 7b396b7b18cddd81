/// Version strings as hashicorp/go-version's `NewVersion` takes them: `1.11.4`, `v0.13`, `1.17.0-dev`, `1.8.0-rc1+build.2`.
enum VersionText {
    static func isVersion(_ text: String) -> Bool {
        var rest = Substring(text)
        if rest.hasPrefix("v") { rest = rest.dropFirst() }
        let core = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        // More than 18 digits do not fit its int64.
        guard core.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty && $0.utf8.count <= 18 }) else { return false }
        rest = rest.dropFirst(core.count)
        guard let mark = rest.utf8.first else { return true }
        let allowed = rest.utf8.dropFirst().allSatisfy { byte in
            byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "~")
        }
        let letterFirst = (mark | 0x20) &- 97 < 26
        return allowed && (letterFirst || ((mark == UInt8(ascii: "-") || mark == UInt8(ascii: "+")) && rest.utf8.count > 1))
    }
}
