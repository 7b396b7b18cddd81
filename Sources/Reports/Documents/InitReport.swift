/// What `tfguard init` found and wrote.
public struct InitReport: Report {
    /// The file written, or that would be written.
    public var path: String
    public var wasWritten: Bool
    /// Where the backend was found, for instance `.terraform/terraform.tfstate`.
    public var source: String
    public var sites: [Site]
    public var vaultLocation: String
    /// The text of the file.
    public var configuration: String
    public var notices: [Notice]

    /// One site of the new configuration.
    public struct Site: Sendable {
        public var name: String
        public var bucket: String
        public var region: String?
        /// Beginning of the keys that belong to the site.
        public var prefix: String?

        public init(name: String, bucket: String, region: String?, prefix: String?) {
            self.name = name
            self.bucket = bucket
            self.region = region
            self.prefix = prefix
        }
    }

    public init(
        path: String, wasWritten: Bool, source: String, sites: [Site], vaultLocation: String, configuration: String,
        notices: [Notice] = []
    ) {
        self.path = path
        self.wasWritten = wasWritten
        self.source = source
        self.sites = sites
        self.vaultLocation = vaultLocation
        self.configuration = configuration
        self.notices = notices
    }

    public var command: String { "init" }
    public var status: ExitStatus { .success }
    public var problems: [Problem] { [] }
    public static var formats: [ReportFormat] { [.table, .json, .markdown] }

    public var body: JSONObject {
        [
            "path": .string(path),
            "written": .bool(wasWritten),
            "source": .string(source),
            "sites": .objects(sites.map { site in
                [
                    "name": .string(site.name), "bucket": .string(site.bucket), "region": .string(site.region),
                    "prefix": .string(site.prefix),
                ]
            }),
            "vault_location": .string(vaultLocation),
            "configuration": .string(configuration),
            "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        var facts = [Fact("backend", .verbatim(source))]
        for site in sites {
            let place = "s3://\(site.bucket)/\(site.prefix ?? "")" + (site.region.map { " (\($0))" } ?? "")
            facts.append(Fact("site \(site.name)", .verbatim(place)))
        }
        facts.append(Fact("vault", .verbatim(vaultLocation)))
        let verb = wasWritten ? "Wrote " : "Would write "
        return ReportPage(
            [.facts(facts)] + notices.map { .notice($0) },
            summary: Phrase([.words(verb), .verbatim(path), .words(". Next: tfguard snapshot")], tone: .good))
    }
}
