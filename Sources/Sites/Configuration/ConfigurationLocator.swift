/// Finds the configuration: the path given, else `TFGUARD_CONFIG`, else `tfguard.yaml` in the folder or above it.
public struct ConfigurationLocator: Sendable {
    /// The names that are looked for, in this order.
    public static let fileNames = ["tfguard.yaml", "tfguard.yml"]

    /// Whether a path is a readable file; replaced in tests.
    public var isFile: @Sendable (String) -> Bool

    public init(isFile: @escaping @Sendable (String) -> Bool = { LocalFile.exists($0) }) {
        self.isFile = isFile
    }

    /// The path of the configuration, or nil when none was named and none lies at or above the folder.
    ///
    /// A path that was named is returned even when nothing is there: reading it will say so.
    public func locate(explicit: String?, environment: [String: String], workingDirectory: String) -> String? {
        if let explicit, !explicit.isEmpty { return absolute(explicit, in: workingDirectory) }
        if let named = environment["TFGUARD_CONFIG"], !named.isEmpty { return absolute(named, in: workingDirectory) }
        var folder = Substring(workingDirectory)
        while true {
            for name in Self.fileNames {
                let path = folder == "/" || folder.isEmpty ? "/\(name)" : "\(folder)/\(name)"
                if isFile(path) { return path }
            }
            guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
            folder = slash == folder.startIndex ? "/" : folder[..<slash]
        }
    }

    private func absolute(_ path: String, in folder: String) -> String {
        PathResolution(folder: folder, home: nil).resolve(path)
    }
}
