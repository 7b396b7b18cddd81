/// What the text in a section's brackets names.
enum ProfileSectionName: Equatable {
    /// `hasPrefix` tells `[profile default]` from `[default]`.
    case profile(String, hasPrefix: Bool)
    case ssoSession(String)
    case services(String)
    /// Nothing that AWS tools read; `reason` is for people.
    case ignored(reason: String)

    init(_ header: String, in file: AWSProfileProperty.File) {
        let (kind, rest) = Self.split(header)
        switch (file, kind, rest) {
        case (.credentials, _, let rest):
            guard rest == nil, let name = Self.name(header) else {
                self = .ignored(reason: "sections of the credentials file are plain profile names")
                return
            }
            self = .profile(name, hasPrefix: false)
        case (.config, "default", nil): self = .profile("default", hasPrefix: false)
        case (.config, "profile", let rest?): self = Self.named(rest) { .profile($0, hasPrefix: true) }
        case (.config, "sso-session", let rest?): self = Self.named(rest) { .ssoSession($0) }
        case (.config, "services", let rest?): self = Self.named(rest) { .services($0) }
        case (.config, _, _):
            self = .ignored(reason: "in the config file a profile is written [profile \(header)]")
        }
    }

    private static func named(_ text: String, as make: (String) -> ProfileSectionName) -> ProfileSectionName {
        name(text).map(make) ?? .ignored(reason: "the name has characters that AWS tools do not accept")
    }

    /// The first word, and what follows it after blanks.
    private static func split(_ header: String) -> (kind: Substring, rest: String?) {
        guard let blank = header.firstIndex(where: { $0 == " " || $0 == "\t" }) else { return (header[...], nil) }
        return (header[..<blank], String(header[blank...].drop { $0 == " " || $0 == "\t" }))
    }

    /// A plain name, or one in quotation marks, which may then hold blanks (AWS CLI). Nil when it is neither.
    private static func name(_ text: String) -> String? {
        if text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") {
            let inner = text.dropFirst().dropLast()
            return inner.contains("\"") ? nil : String(inner)
        }
        return !text.isEmpty && text.utf8.allSatisfy(isNameByte) ? text : nil
    }

    /// `A-Z a-z 0-9 - _ / . % @ : +`, for names of sections and properties.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_/.%@:+".utf8.contains(byte)
        }
    }
}
