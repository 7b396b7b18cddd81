extension Configuration {
    /// Reads a configuration from its text.
    /// - Parameters:
    ///   - file: the name for messages; its folder resolves relative paths.
    ///   - home: what `~/` stands for.
    /// - Throws: ``ConfigurationError`` with every problem of the text.
    public init(parsing text: String, file: String, home: String? = nil) throws(ConfigurationError) {
        let folder = file.lastIndex(of: "/").map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
        self = try ConfigurationReader(file: file, folder: folder, home: home).read(text)
    }

    /// Finds and reads the configuration.
    /// - Returns: nil when none was named and none lies at or above the folder.
    /// - Throws: ``ConfigurationError``; also when a file that was named is not there.
    public static func load(path: String?, environment: [String: String], workingDirectory: String) throws(ConfigurationError) -> Configuration? {
        guard let file = ConfigurationLocator().locate(explicit: path, environment: environment, workingDirectory: workingDirectory) else { return nil }
        let text: String
        do {
            text = try LocalFile.readText(file, limit: ConfigurationReader.sizeLimit)
        } catch {
            let hint = error == .missing ? "run tfguard init to write one" : nil
            throw ConfigurationError(file: file, problems: [.init(kind: .unreadableFile, key: "", message: error.description, hint: hint)])
        }
        return try Configuration(parsing: text, file: file, home: environment["HOME"])
    }
}
