internal import StateJSON

/// Everything learned about how the primary's texts turn into DR's.
struct Correspondences {
    private var pairs: [UInt64: Int32] = [:]
    private var best: [Symbol: (dr: Symbol, weight: Int32)] = [:]
    private var bestPrimary: [Symbol: (primary: Symbol, weight: Int32)] = [:]
    var regions = OneToOne<String>()
    var zones = OneToOne<String>()
    var zoneLetters = OneToOne<String>()
    var accounts = OneToOne<String>()
    var networks = NetworkMap()
    var names = NameRules()
    var tags = TagFacts()
    /// The region that most of the primary's objects are in, and DR's.
    var primaryRegion = ""
    var drRegion = ""
    var primaryAccount = ""
    var drAccount = ""

    private static func key(_ primary: Symbol, _ dr: Symbol) -> UInt64 {
        UInt64(UInt32(bitPattern: primary)) << 32 | UInt64(UInt32(bitPattern: dr))
    }

    mutating func add(_ primary: Symbol, _ dr: Symbol, weight: Int32) {
        let total = (pairs[Self.key(primary, dr)] ?? 0) + weight
        pairs[Self.key(primary, dr)] = total
        if total > (best[primary]?.weight ?? 0) { best[primary] = (dr, total) }
        if total > (bestPrimary[dr]?.weight ?? 0) { bestPrimary[dr] = (primary, total) }
    }

    func corresponds(_ primary: Symbol, _ dr: Symbol) -> Bool {
        primary >= 0 && dr >= 0 && pairs[Self.key(primary, dr)] != nil
    }

    /// What stands in DR for a text of the primary.
    func counterpart(of primary: Symbol) -> Symbol { best[primary]?.dr ?? .none }
    func counterpart(ofDR dr: Symbol) -> Symbol { bestPrimary[dr]?.primary ?? .none }
}
