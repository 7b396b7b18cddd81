/// Words by which people tell the two sides of a DR pair apart. Hints only: they order, they never decide alone.
enum RoleWords {
    static let primary: Set<String> = ["", "primary", "main", "prod", "production", "active", "live", "source", "default", "blue", "home", "a", "1", "one", "master", "local", "this"]
    static let dr: Set<String> = [
        "dr", "standby", "secondary", "backup", "failover", "passive", "recovery", "disaster", "replica", "target", "peer", "green", "b", "2", "two", "remote", "drsite", "bcp", "warm", "cold", "alternate", "alt", "slave",
    ]

    static func means(_ words: Set<String>, _ name: String) -> Bool {
        words.contains(name.lowercased()) || name.lowercased().split(whereSeparator: { $0 == "_" || $0 == "-" || $0 == "." || $0 == "\"" || $0 == "[" || $0 == "]" }).contains { words.contains(String($0)) }
    }

    /// Whether a word tells sides apart rather than places.
    static func tellSides(_ word: String) -> Bool { primary.contains(word.lowercased()) || dr.contains(word.lowercased()) }

    /// Whether the key of a setting says whose value it holds, whichever side reads it: `PRIMARY_REGION`, `dr_bucket`.
    static func nameASide(_ key: String) -> Bool {
        words(of: key).contains { ["primary", "secondary", "peer", "dr", "standby", "passive", "failover"].contains($0) }
    }

    /// Whether the key of a region says whose region: that of a copy's source, of the other side.
    static func nameAnotherPlace(_ key: String) -> Bool {
        nameASide(key) || words(of: key).contains { ["source", "src", "origin", "destination", "dest", "target", "remote", "other", "replica", "backup", "main", "master", "home"].contains($0) }
    }

    private static func words(of key: String) -> [Substring] {
        key.lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    /// Tag keys by which people say what a side is for.
    static func isRoleKey(_ key: String) -> Bool {
        let words = key.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        return words.contains { ["environment", "env", "stage", "role", "site", "region", "location", "stack", "deployment", "tier", "purpose", "cluster", "workspace", "name"].contains($0) }
    }

    static func areOpposed(_ primary: String, _ dr: String) -> Bool {
        Self.dr.contains(dr.lowercased()) && Self.primary.contains(primary.lowercased())
            || !dr.isEmpty && means(Self.dr, dr) && !means(Self.dr, primary)
    }
}
