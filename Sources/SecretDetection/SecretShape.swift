/// Judges by its look alone whether a text holds a secret: private keys, tokens with a known prefix, passwords in URLs.
public enum SecretShape {
    /// Whether a secret of a known shape stands anywhere in the text.
    public static func isSecret(_ text: some StringProtocol) -> Bool {
        var copy = String(text)
        return copy.withUTF8 { isSecret($0) }
    }

    /// Whether a secret of a known shape stands anywhere in the bytes.
    public static func isSecret(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // One pass: only a few bytes can begin a marker.
        var run = TokenRun()
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "-"):
                if isPrivateKey(bytes, at: index) { return true }
            case UInt8(ascii: ":"):
                if isPasswordInURL(bytes, at: index) { return true }
            default:
                if isTokenStart(bytes, at: index), hasKnownPrefix(bytes, at: index, &run) { return true }
            }
        }
        return false
    }

    /// The token bytes behind a place, remembered: many prefixes may stand in one run of them.
    private struct TokenRun {
        private var start = 0
        private var end = -1
        private var dots = 0

        /// Length of the run that begins at `place`, and how many dots are in it. Places ascend.
        mutating func measure(_ bytes: UnsafeBufferPointer<UInt8>, from place: Int) -> (length: Int, dots: Int) {
            if place > end || place < start {
                (start, end, dots) = (place, place, 0)
                while end < bytes.count, SecretShape.isTokenByte(bytes[end]) {
                    if bytes[end] == UInt8(ascii: ".") { dots += 1 }
                    end += 1
                }
            }
            while start < place {
                if bytes[start] == UInt8(ascii: ".") { dots -= 1 }
                start += 1
            }
            return (end - start, dots)
        }
    }

    /// Prefixes that their makers chose so that scanners can find the token, and how many characters must follow.
    private static let prefixes: [(prefix: StaticString, following: Int)] = [
        ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 30), ("glpat-", 20), ("xoxb-", 20), ("xoxp-", 20),
        ("xoxa-", 20), ("xapp-", 20), ("sk_live_", 16), ("rk_live_", 16), ("sk-ant-", 20), ("sk-proj-", 20), ("hvs.", 20), ("hvb.", 20), ("npm_", 30),
        ("dop_v1_", 30), ("pypi-AgE", 30), ("AGE-SECRET-KEY-", 20), ("AIza", 35), ("SG.", 40), ("eyJ", 40), ("AccountKey=", 40), ("dckr_pat_", 20),
        ("aws_secret_access_key", 20), ("X-Amz-Signature=", 32),
    ]

    private static let prefixesByFirstByte: [[(prefix: StaticString, following: Int)]] = (0..<256).map { byte in
        prefixes.filter { $0.prefix.withUTF8Buffer { Int($0[0]) == byte } }
    }

    private static func hasKnownPrefix(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ run: inout TokenRun) -> Bool {
        for (prefix, following) in prefixesByFirstByte[Int(bytes[index])] where matches(bytes, prefix, at: index) {
            let (length, dots) = run.measure(bytes, from: index + prefix.utf8CodeUnitCount)
            // A JSON web token is three parts with dots; `eyJ` alone begins any base64 text of a JSON object.
            let isWebToken = prefix.utf8CodeUnitCount == 3 && bytes[index] == UInt8(ascii: "e")
            if length >= following && (!isWebToken || dots == 2) { return true }
        }
        return false
    }

    private static func isTokenStart(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        switch bytes[index] {
        case UInt8(ascii: "g"), UInt8(ascii: "x"), UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "h"), UInt8(ascii: "n"), UInt8(ascii: "d"),
            UInt8(ascii: "p"), UInt8(ascii: "A"), UInt8(ascii: "S"), UInt8(ascii: "e"), UInt8(ascii: "a"), UInt8(ascii: "X"):
            index == 0 || !isTokenByte(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: "=")
        default: false
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
        default: false
        }
    }

    /// `-----BEGIN [RSA|EC|OPENSSH|ENCRYPTED] PRIVATE KEY` and `PGP PRIVATE KEY BLOCK`.
    private static func isPrivateKey(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard matches(bytes, "-----BEGIN ", at: index) else { return false }
        let line = bytes[(index + 11)...].prefix(40)
        return line.indices.contains { matches(bytes, "PRIVATE KEY", at: $0) }
    }

    /// The colon of `scheme://user:password@host`.
    private static func isPasswordInURL(_ bytes: UnsafeBufferPointer<UInt8>, at colon: Int) -> Bool {
        guard colon > 0, matches(bytes, "://", at: colon) else { return false }
        let authority = bytes[(colon + 3)...].prefix(256).prefix { $0 > 32 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\"") }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")), let separator = authority[..<at].firstIndex(of: UInt8(ascii: ":")) else { return false }
        let password = authority[(separator + 1)..<at]
        // `${password}` and `$PASSWORD` are references, not secrets.
        return !password.isEmpty && password.first != UInt8(ascii: "$") && password.first != UInt8(ascii: "<")
    }

    private static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ text: StaticString, at index: Int) -> Bool {
        text.withUTF8Buffer { text in
            index + text.count <= bytes.count && text.elementsEqual(bytes[index..<index + text.count])
        }
    }
}
