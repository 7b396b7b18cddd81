import ArgumentParser
import Reports
import Sites
import StackParity
import Timestamps

/// Which rules a comparison follows.
struct DriftRuleOptions: ParsableArguments, Sendable {
    @Option(help: .variable("TFGUARD_RULES", "Rule file (YAML: map, ignore), besides the configuration's drift section.", value: "file"))
    var rules: String?

    @Flag(name: .customLong("no-default-rules"), help: .variable("TFGUARD_NO_DEFAULT_RULES", "Don't put aside what a DR pair has by design."))
    var noDefaultRules = false

    /// A rule file longer than this is none.
    private static let limit = 1 << 20

    /// The rules of the configuration and of the file together.
    func rules(_ configuration: Configuration?, _ environment: EnvironmentVariables, now: Timestamp) throws -> DriftRules {
        var sources: [(settings: DriftSettings, file: String)] = []
        if let configuration { sources.append((configuration.drift, configuration.file ?? "tfguard.yaml")) }
        if let path = rules ?? environment["TFGUARD_RULES"] {
            do {
                sources.append((try DriftSettings(parsing: try LocalFile.readText(path, limit: Self.limit), file: path), path))
            } catch let error as LocalFile.Failure {
                throw Complaint(.failure, path, error.description, hint: "Check the path.")
            }
        }
        let isPlain = try environment.flag("TFGUARD_NO_DEFAULT_RULES", given: noDefaultRules)
        let usesDefaults = !isPlain && sources.allSatisfy { $0.settings.useDefaultRules }
        return try DriftRules(sources, usesDefaults: usesDefaults, today: String(now.rfc3339.prefix(10)))
    }
}

/// The user's rules, and where each of them stands.
struct DriftRules {
    let parity: ParityRules
    /// FILE:LINE of each ignore rule.
    private let places: [String]
    let pairs: [DriftSettings.StatePair]

    init(_ sources: [(settings: DriftSettings, file: String)], usesDefaults: Bool, today: String) throws(UsageProblem) {
        var ignore: [IgnoreRule] = []
        var places: [String] = []
        for (settings, file) in sources {
            for rule in settings.ignore {
                let place = rule.line.map { "\(file):\($0)" } ?? file
                ignore.append(try Self.rule(rule, place: place))
                places.append(place)
            }
        }
        let map = sources.flatMap(\.settings.map).map { CounterpartRule(primary: $0.primary, dr: $0.dr) }
        parity = ParityRules(map: map, ignore: ignore, usesDefaults: usesDefaults, today: today)
        pairs = sources.flatMap(\.settings.pairs)
        self.places = places
    }

    private static func rule(_ rule: DriftSettings.IgnoreRule, place: String) throws(UsageProblem) -> IgnoreRule {
        var findingClass: FindingClass?
        if let name = rule.findingClass {
            findingClass = FindingClass(rawValue: name)
            guard findingClass != nil else {
                let names = FindingClass.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageProblem(place, "\"\(name)\" is no class of finding", hint: "Classes are \(names).")
            }
        }
        // The settings hold the first moment after the last day.
        let until = rule.until.map { String(($0 + .seconds(-1)).rfc3339.prefix(10)) }
        return IgnoreRule(
            type: rule.type, address: rule.address, attribute: rule.attribute, findingClass: findingClass, reason: rule.reason, until: until)
    }

    /// A stale rule with its place.
    func rule(_ stale: StaleRule) -> DriftReport.Rule {
        // A mapping's position counts in another list; its words name both addresses.
        let isMapping = stale.rule.hasPrefix("map ")
        let place = !isMapping && places.indices.contains(stale.index) ? places[stale.index] : nil
        return DriftReport.Rule(rule: stale.rule, reason: stale.reason, cause: stale.cause.rawValue, place: place)
    }
}
