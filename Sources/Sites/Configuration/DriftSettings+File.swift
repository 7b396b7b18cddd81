internal import Yams

extension DriftSettings {
    /// Reads a rule file: what a configuration has under `drift`, with or without that key above it.
    /// - Parameter file: the name for messages.
    /// - Throws: ``ConfigurationError`` with every problem of the text.
    public init(parsing text: String, file: String) throws(ConfigurationError) {
        let problems = ProblemList()
        var settings = DriftSettings()
        do {
            if let node = try Yams.compose(yaml: text), let root = YAMLMapping(node, path: "", problems: problems, paths: PathResolution(folder: ".", home: nil)) {
                if let drift = root.mapping("drift") {
                    settings = DriftSettings(reading: drift)
                    root.reportUnknownKeys()
                } else {
                    settings = DriftSettings(reading: root)
                }
            }
        } catch {
            problems.add(YAMLProblem.problem(error))
        }
        guard problems.isEmpty else { throw ConfigurationError(file: file, problems: problems.sorted) }
        self = settings
    }
}
