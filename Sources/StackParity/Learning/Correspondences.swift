internal import StateJSON

/// Everything learned about how the primary's texts turn into DR's.
struct Correspondences {
    private struct Image {
        var symbol: Symbol = .none
        var weight: Int32 = 0
    }
    /// The weightiest image of each of the primary's symbols, and of each of DR's.
    private var best: [Image] = []
    private var bestPrimary: [Image] = []
    /// Weights of pairs where a text has more than one image.
    private var rivals: [UInt64: Int32] = [:]
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

    /// From DR to the primary.
    var mirrored: Correspondences {
        var mirror = Correspondences()
        mirror.best = bestPrimary
        mirror.bestPrimary = best
        for (key, weight) in rivals { mirror.rivals[key << 32 | key >> 32] = weight }
        mirror.regions = regions.mirrored
        mirror.zones = zones.mirrored
        mirror.zoneLetters = zoneLetters.mirrored
        mirror.accounts = accounts.mirrored
        mirror.networks = networks.mirrored
        mirror.names = names.mirrored
        (mirror.primaryRegion, mirror.drRegion) = (drRegion, primaryRegion)
        (mirror.primaryAccount, mirror.drAccount) = (drAccount, primaryAccount)
        return mirror
    }

    private static func key(_ primary: Symbol, _ dr: Symbol) -> UInt64 {
        UInt64(UInt32(bitPattern: primary)) << 32 | UInt64(UInt32(bitPattern: dr))
    }

    mutating func add(_ primary: Symbol, _ dr: Symbol, weight: Int32) {
        let known = Self.image(of: primary, in: best), knownPrimary = Self.image(of: dr, in: bestPrimary)
        var total = weight
        if known.symbol == dr {
            total += known.weight
        } else if knownPrimary.symbol == primary {
            total += knownPrimary.weight
        } else {
            total += rivals[Self.key(primary, dr)] ?? 0
        }
        // A pair that is nobody's best keeps its weight among the rivals.
        if known.symbol >= 0, known.symbol != dr, total > known.weight, Self.image(of: known.symbol, in: bestPrimary).symbol != primary { rivals[Self.key(primary, known.symbol)] = known.weight }
        if knownPrimary.symbol >= 0, knownPrimary.symbol != primary, total > knownPrimary.weight, Self.image(of: knownPrimary.symbol, in: best).symbol != dr { rivals[Self.key(knownPrimary.symbol, dr)] = knownPrimary.weight }
        var isKept = false
        if known.symbol == dr || total > known.weight {
            Self.put(Image(symbol: dr, weight: total), at: primary, in: &best)
            isKept = true
        }
        if knownPrimary.symbol == primary || total > knownPrimary.weight {
            Self.put(Image(symbol: primary, weight: total), at: dr, in: &bestPrimary)
            isKept = true
        }
        if !isKept { rivals[Self.key(primary, dr)] = total }
    }

    private static func image(of symbol: Symbol, in table: [Image]) -> Image {
        Int(symbol) < table.count ? table[Int(symbol)] : Image()
    }

    private static func put(_ image: Image, at symbol: Symbol, in table: inout [Image]) {
        while table.count <= Int(symbol) { table.append(Image()) }
        table[Int(symbol)] = image
    }

    func corresponds(_ primary: Symbol, _ dr: Symbol) -> Bool {
        guard primary >= 0, dr >= 0 else { return false }
        return Self.image(of: primary, in: best).symbol == dr || Self.image(of: dr, in: bestPrimary).symbol == primary || !rivals.isEmpty && rivals[Self.key(primary, dr)] != nil
    }

    /// What stands in DR for a text of the primary.
    func counterpart(of primary: Symbol) -> Symbol { primary < 0 ? .none : Self.image(of: primary, in: best).symbol }
    func counterpart(ofDR dr: Symbol) -> Symbol { dr < 0 ? .none : Self.image(of: dr, in: bestPrimary).symbol }
}
