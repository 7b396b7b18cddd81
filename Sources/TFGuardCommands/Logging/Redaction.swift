/// Takes credentials out of text that goes into logs.
///
/// Nothing secret should reach a log in the first place; this is the second wall.
enum Redaction {
    /// The text with the values of signing parameters, authorization headers and passwords in URLs replaced by `***`.
    static func redact(_ text: String) -> String {
        var result = text
        for name in names { result = hideValue(of: name, in: result) }
        return hideUserInfo(in: result)
    }

    /// `NAME=value`, `NAME: value`, `NAME%3Dvalue`, ending at what can't be part of a value.
    private static func hideValue(of name: String, in text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let found = rest.firstRange(of: name, ignoringCase: true) {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            guard let separator = ["=", ": ", ":", "%3D"].first(where: { rest.hasPrefix($0) }) else { continue }
            result += separator + "***"
            // An Authorization header has blanks in its value: all of it goes.
            let isHeader = name == "authorization"
            rest = rest.dropFirst(separator.count).drop { isHeader ? $0 != "\n" : !"&; ,\"'\n".contains($0) }
        }
        return result + rest
    }

    private static func hideUserInfo(in text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let scheme = rest.firstRange(of: "://") {
            result += rest[..<scheme.upperBound]
            rest = rest[scheme.upperBound...]
            let authority = rest.prefix { !"/?# \n".contains($0) }
            if let at = authority.lastIndex(of: "@") {
                result += "***"
                rest = rest[at...]
            }
        }
        return result + rest
    }

    private static let names = [
        "x-amz-signature", "x-amz-security-token", "x-amz-credential", "x-amz-sso_bearer_token", "authorization",
        "aws_secret_access_key", "aws_session_token", "secretaccesskey", "sessiontoken", "passphrase", "password",
    ]
}

extension Substring {
    /// ASCII letters only: the names are ASCII.
    fileprivate func firstRange(of name: String, ignoringCase: Bool) -> Range<Index>? {
        let wanted = Array(name.utf8)
        var start = utf8.startIndex
        while start != utf8.endIndex {
            var index = start
            var matched = 0
            while matched < wanted.count, index != utf8.endIndex {
                var byte = utf8[index]
                if (0x41...0x5A).contains(byte) { byte += 0x20 }
                guard byte == wanted[matched] else { break }
                matched += 1
                index = utf8.index(after: index)
            }
            if matched == wanted.count { return start..<index }
            start = utf8.index(after: start)
        }
        return nil
    }
}
