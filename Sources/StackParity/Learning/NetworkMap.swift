/// Which network of the primary stands for which of DR, and how addresses move between them.
struct NetworkMap {
    struct Pair: Hashable {
        var primary: NetworkAddress
        var dr: NetworkAddress
    }
    private(set) var bases: [Pair] = []
    private var primaryBases: [NetworkAddress: Int] = [:]
    private var drBases: [NetworkAddress: Int] = [:]
    private var lengths: Set<UInt8> = []
    private var drLengths: Set<UInt8> = []
    /// Ranges that were seen to correspond without keeping their offset.
    private var exceptions: Set<Pair> = []
    private var known: Set<Pair> = []

    mutating func add(_ primary: NetworkAddress, _ dr: NetworkAddress) {
        let primary = Self.base(primary), dr = Self.base(dr)
        guard primary.isVersion6 == dr.isVersion6, known.insert(Pair(primary: primary, dr: dr)).inserted else { return }
        primaryBases[primary] = bases.count
        drBases[dr] = bases.count
        lengths.insert(primary.length)
        drLengths.insert(dr.length)
        bases.append(Pair(primary: primary, dr: dr))
    }

    mutating func addException(_ primary: NetworkAddress, _ dr: NetworkAddress) {
        exceptions.insert(Pair(primary: primary, dr: dr))
    }

    /// From DR to the primary.
    var mirrored: NetworkMap {
        var mirror = NetworkMap()
        for base in bases { mirror.add(base.dr, base.primary) }
        for pair in exceptions { mirror.addException(pair.dr, pair.primary) }
        return mirror
    }

    private static func base(_ address: NetworkAddress) -> NetworkAddress {
        let shift = UInt128(address.width - Int(address.length))
        let bits = shift >= UInt128(address.width) ? 0 : (address.bits >> shift) << shift
        return NetworkAddress(bits: bits, length: address.length, isVersion6: address.isVersion6, isRange: true)
    }

    private static func lookUp(_ address: NetworkAddress, in table: [NetworkAddress: Int], lengths: Set<UInt8>) -> Int? {
        var best: (length: UInt8, index: Int)?
        for length in lengths where length <= address.length && length > 0 {
            var wanted = address
            wanted.length = length
            if let index = table[base(wanted)], length >= (best?.length ?? 0) { best = (length, index) }
        }
        return best?.index
    }

    /// The pair of networks in whose primary network `address` lies.
    func inPrimary(_ address: NetworkAddress) -> Pair? { Self.lookUp(address, in: primaryBases, lengths: lengths).map { bases[$0] } }
    func inDR(_ address: NetworkAddress) -> Pair? { Self.lookUp(address, in: drBases, lengths: drLengths).map { bases[$0] } }

    enum Verdict { case corresponds, sameNetwork, swapped, different }

    /// - Returns: `.corresponds` when both keep the same offset in corresponding networks, `.sameNetwork` when they lie in
    ///   corresponding networks at different offsets, `.swapped` when each lies in the other side's network.
    func compare(_ primary: NetworkAddress, _ dr: NetworkAddress) -> Verdict {
        guard primary.isVersion6 == dr.isVersion6 else { return .different }
        if primary.isRange, dr.isRange, known.contains(Pair(primary: Self.base(primary), dr: Self.base(dr))) { return .corresponds }
        if exceptions.contains(Pair(primary: primary, dr: dr)) { return .corresponds }
        if let home = inPrimary(primary) {
            if home.dr.contains(dr) {
                let isMoved = home.primary.length == home.dr.length && primary.moved(from: home.primary, to: home.dr).bits == dr.bits
                return isMoved && primary.length == dr.length ? .corresponds : .sameNetwork
            }
        }
        if let home = inDR(primary), home.primary.contains(dr) {
            let isMoved = home.primary.length == home.dr.length && primary.moved(from: home.dr, to: home.primary).bits == dr.bits
            return isMoved && primary.length == dr.length ? .swapped : .different
        }
        return .different
    }
}
