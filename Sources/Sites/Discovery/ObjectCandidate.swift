/// What an object's name and sizes say about it, before a byte of it is read.
public enum ObjectCandidate: Sendable, Hashable {
    /// Named as states are.
    case state
    /// Could be one: its content decides.
    case unknown
    case ignored(IgnoredReason)

    /// Judges a key by its name and by the size of its largest version.
    ///
    /// - Parameter largestSize: nil when only delete markers are left.
    public init(key: String, largestSize: Int64?) {
        let name = key.utf8.lastIndex(of: UInt8(ascii: "/")).map { key[key.utf8.index(after: $0)...] } ?? Substring(key)
        if Self.isIn(".tfguard", key) {
            self = .ignored(.ownRecord)
        } else if name.hasSuffix(".tflock") {
            self = .ignored(.lockFile)
        } else if name.isEmpty, (largestSize ?? 0) == 0 {
            self = .ignored(.folderMarker)
        } else if name.hasSuffix(".tfstate"), !Self.isIn(".terraform", key) {
            self = .state
        } else if Self.isOtherFileType(name) {
            self = .ignored(.otherFileType)
        } else if let largestSize {
            self = largestSize < Self.smallestState ? .ignored(.tooSmall) : .unknown
        } else {
            self = .ignored(.deleted)
        }
    }

    /// `{"serial":0,"lineage":""}`: nothing shorter can be recognised for sure.
    public static let smallestState: Int64 = 25

    /// Whether a key lies in a folder of that name. `.terraform/` holds Terraform's cache, whose file is named like a state;
    /// `.tfguard/` holds our fences and what a drill restores.
    private static func isIn(_ folder: String, _ key: String) -> Bool {
        key.hasPrefix("\(folder)/") || key.contains("/\(folder)/")
    }

    private static func isOtherFileType(_ name: Substring) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return endings.contains(name[name.utf8.index(after: dot)...].lowercased())
    }

    /// Endings that nobody gives to a state. `.json`, `.backup`, `.tfplan`, `.txt` and none at all are looked into.
    private static let endings: Set<String> = [
        "tf", "tofu", "tfvars", "hcl", "zip", "gz", "tgz", "xz", "zst", "bz2", "7z", "tar", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "pdf",
        "html", "htm", "css", "js", "mjs", "ts", "map", "md", "rst", "csv", "tsv", "parquet", "orc", "avro", "log", "sh", "py", "rb", "go", "rs", "java",
        "jar", "war", "class", "so", "dll", "exe", "bin", "deb", "rpm", "iso", "img", "pem", "crt", "key", "p12", "mp4", "mp3", "mov", "woff", "woff2",
        "ttf", "xml", "yaml", "yml", "toml", "sql", "db", "sqlite", "bak", "swp", "pyc",
    ]
}
