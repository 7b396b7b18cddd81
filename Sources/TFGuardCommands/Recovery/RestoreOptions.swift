import ArgumentParser
import Sites
import Timestamps

/// Which states are put back, to which version, and where.
struct RestoreOptions: ParsableArguments, Sendable {
    @Option(help: .variable("TFGUARD_TO", "The version that shall come: last-good, -N, serial=N, a time, an age, id=VERSION_ID, snapshot=ID, latest.", value: "version"))
    var to: String?

    @Flag(help: .variable("TFGUARD_ALL", "Every state of the sites named."))
    var all = false

    @Option(name: .customLong("as-of"), help: .variable("TFGUARD_AS_OF", "The versions that were current then: a time with its zone, or an age such as 7d. States that did not exist then are left alone.", value: "time"))
    var asOf: String?

    @Option(name: .customLong("state"), help: .variable("TFGUARD_STATE", "With --all: only states whose key matches; may be given several times. The variable takes several with commas.", value: "glob"))
    var states: [String] = []

    @Option(name: .customLong("to-site"), help: .variable("TFGUARD_TO_SITE", "Write into the bucket of this site, under its locks, instead of where the version comes from.", value: "site"))
    var toSite: String?

    @Option(name: .customLong("to-key"), help: .variable("TFGUARD_TO_KEY", "With --to-site: the key that is written to, where it is not the same.", value: "key"))
    var toKey: String?

    @Option(name: .customLong("break-lock"), help: .variable("TFGUARD_BREAK_LOCK", "Take the lock with this whole id from its holder, both halves of it.", value: "id"))
    var breakLock: String?

    @Option(help: .variable("TFGUARD_WAIT", "How long to wait for the replica to have it, such as 5s or 10m (default: 5s).", value: "duration"))
    var wait: String?

    @Flag(name: .customLong("allow-lineage-change"), help: .variable("TFGUARD_ALLOW_LINEAGE_CHANGE", "Also write a state of another lineage."))
    var allowLineageChange = false
}

/// What the options of a restore ask for, with the variables of the environment.
struct RestoreRequest: Sendable {
    var takesAll: Bool
    /// Nil when the reference itself has to name the version.
    var version: VersionSelector?
    /// Whether a state that did not exist at the wanted time is left alone.
    var allowsAbsence = false
    var patterns: [Glob] = []
    var toSite: String?
    var toKey: String?
    var brokenLock: String?
    var wait: Duration
    var allowsLineageChange: Bool

    init(_ options: RestoreOptions, _ environment: EnvironmentVariables, now: Timestamp) throws(UsageProblem) {
        takesAll = try environment.flag("TFGUARD_ALL", given: options.all)
        toSite = options.toSite ?? environment["TFGUARD_TO_SITE"]
        toKey = options.toKey ?? environment["TFGUARD_TO_KEY"]
        brokenLock = options.breakLock ?? environment["TFGUARD_BREAK_LOCK"]
        wait = try ReplicationWait.duration(options.wait ?? environment["TFGUARD_WAIT"])
        allowsLineageChange = try environment.flag("TFGUARD_ALLOW_LINEAGE_CHANGE", given: options.allowLineageChange)
        for pattern in options.states.isEmpty ? (environment["TFGUARD_STATE"] ?? "").split(separator: ",").map(String.init) : options.states {
            guard let glob = Glob(pattern) else {
                throw UsageProblem("--state", "\"\(pattern)\" is no pattern", hint: "* stands for anything but a slash, ** for anything, ? for one character.")
            }
            patterns.append(glob)
        }
        if !patterns.isEmpty, !takesAll { throw UsageProblem("--state", "chooses among all states", hint: "Say --all too, or name the states.") }
        if toKey != nil, toSite == nil || takesAll { throw UsageProblem("--to-key", "is for one state and --to-site", hint: "Name one state, and --to-site SITE.") }
        try readVersion(options, environment, now)
    }

    /// The moment whose versions come, when one was given.
    var moment: Timestamp? {
        guard case .at(let moment)? = version else { return nil }
        return moment
    }

    private mutating func readVersion(_ options: RestoreOptions, _ environment: EnvironmentVariables, _ now: Timestamp) throws(UsageProblem) {
        let asOf = options.asOf ?? environment["TFGUARD_AS_OF"]
        let to = options.to ?? environment["TFGUARD_TO"]
        if let asOf {
            guard to == nil else { throw UsageProblem("--as-of", "contradicts --to", hint: "Give one of them.") }
            version = try Self.selector(asOf, flag: "--as-of", now)
            guard case .at = version else { throw UsageProblem("--as-of", "\"\(asOf)\" is no time", hint: "Write 2026-11-22T14:02:14Z (with a zone), or an age such as 7d.") }
            allowsAbsence = true
        } else if let to {
            version = try Self.selector(to, flag: "--to", now)
        }
    }

    /// Reads a version. An age becomes a moment here, once for all states and for all that is done with them.
    private static func selector(_ text: String, flag: String, _ now: Timestamp) throws(UsageProblem) -> VersionSelector {
        let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
        if bare == "latest" { return .latest }
        guard case .site(let parsed)? = try? StateReference(parsing: "x@\(bare)", sites: ["x"]), parsed.key == nil, parsed.version != .latest else {
            throw UsageProblem(flag, "\"\(text)\" is no version", hint: "A version is \(VersionSelector.acceptedForms).")
        }
        if case .ago(let age) = parsed.version { return .at(now - age.duration) }
        return parsed.version
    }
}

/// `5s`, `10m`, `1h`, or `0`.
enum ReplicationWait {
    static func duration(_ text: String?) throws(UsageProblem) -> Duration {
        guard let text else { return .seconds(5) }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int64(unit == nil ? Substring(text) : text.dropLast()), (0...86_400).contains(number) else {
            throw UsageProblem("--wait", "\"\(text)\" is no duration", hint: "Give seconds, or a number with s, m or h.")
        }
        return .seconds(number * (unit ?? 1))
    }
}
