internal import Timestamps
internal import Yams

/// Turns the text of `tfguard.yaml` into a ``Configuration``.
///
/// Collects every problem before it gives up, so that one look at the output mends the whole file.
struct ConfigurationReader {
    private let file: String
    private let folder: String
    private let home: String?
    private let problems = ProblemList()

    /// - Parameters:
    ///   - file: the name for messages; its folder resolves relative paths.
    ///   - home: what `~/` stands for.
    init(file: String, folder: String, home: String?) {
        self.file = file
        self.folder = folder
        self.home = home
    }

    /// A configuration longer than this is none.
    static let sizeLimit = 1 << 20

    func read(_ text: String) throws(ConfigurationError) -> Configuration {
        var configuration = Configuration(file: file)
        guard text.utf8.count <= Self.sizeLimit else {
            throw ConfigurationError(file: file, problems: [.init(kind: .unreadableFile, key: "", message: "larger than 1 MiB")])
        }
        do {
            // An empty file composes to nothing; the same as `{}`.
            if let root = try Yams.compose(yaml: text) {
                readRoot(root, into: &configuration)
            }
        } catch {
            problems.add(YAMLProblem.problem(error))
        }
        guard problems.isEmpty else { throw ConfigurationError(file: file, problems: problems.sorted) }
        return configuration
    }

    private func readRoot(_ node: Node, into configuration: inout Configuration) {
        guard let root = YAMLMapping(node, path: "", problems: problems, paths: paths) else { return }
        if let vault = root.mapping("vault") { configuration.vault = VaultSettings(reading: vault) }
        if let sites = root.mapping("sites") {
            configuration.sites = sites.namedMappings().compactMap { SiteSettings(reading: $0.mapping, name: $0.name) }
        }
        let names = configuration.sites.map(\.name)
        configuration.replication = root.sequenceOfMappings("replication").compactMap { ReplicationLink(reading: $0, sites: names) }
        if let drift = root.mapping("drift") { configuration.drift = DriftSettings(reading: drift) }
        if let retention = root.mapping("retention") { configuration.retention = RetentionSettings(reading: retention) }
        if let drill = root.mapping("drill") { configuration.drill = DrillSettings(reading: drill) }
        if root.bool("allow_http") == true {
            for index in configuration.sites.indices { configuration.sites[index].access.allowHTTP = true }
            configuration.vault?.access.allowHTTP = true
        }
        root.reportUnknownKeys()
    }

    private var paths: PathResolution { PathResolution(folder: folder, home: home) }
}
