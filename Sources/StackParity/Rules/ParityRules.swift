/// What the user says about a pair of stacks.
public struct ParityRules: Sendable {
    public var map: [CounterpartRule]
    public var ignore: [IgnoreRule]
    /// Whether the by-design rules that tfguard ships (`DefaultRules.all`) apply.
    public var usesDefaults: Bool
    /// The day of the comparison, `2026-11-22`, against which `until` is held; nil lets no rule expire.
    public var today: String?

    public init(map: [CounterpartRule] = [], ignore: [IgnoreRule] = [], usesDefaults: Bool = true, today: String? = nil) {
        self.map = map
        self.ignore = ignore
        self.usesDefaults = usesDefaults
        self.today = today
    }
}
