internal import StateJSON

/// Who owns which text: ids, ARNs, computed strings and names of all instances of both sides.
struct IdentityIndex: Sendable {
    /// How firmly a text belongs to its owner; smaller is firmer.
    enum Rank: UInt8 {
        case own = 0, computed = 1, name = 2
        case dataOwn = 4, dataComputed = 5
        case nobody = 255
    }
    struct Holder {
        var owner: Int32 = -1
        var rank: UInt8 = Rank.nobody.rawValue
        /// By an id or an ARN.
        var isOwn: Bool { rank == Rank.own.rawValue }
        var isHeld: Bool { owner >= 0 }
        /// By a managed resource, not by a data source.
        var isManaged: Bool { rank <= Rank.name.rawValue }
        /// By an id, an ARN or a computed string.
        var isFirm: Bool { rank <= Rank.computed.rawValue || rank == Rank.dataOwn.rawValue }
    }

    var symbols: SymbolTable
    private(set) var primary: [Holder] = []
    private(set) var dr: [Holder] = []

    /// - Parameter expected: texts that will come.
    init(expecting expected: Int = 0) { symbols = SymbolTable(capacity: max(4096, expected)) }

    /// With the sides in each other's place.
    var mirrored: IdentityIndex {
        var mirror = self
        swap(&mirror.primary, &mirror.dr)
        return mirror
    }

    func holder(_ symbol: Symbol, inDR: Bool) -> Holder {
        let list = inDR ? dr : primary
        return symbol >= 0 && Int(symbol) < list.count ? list[Int(symbol)] : Holder()
    }

    /// Claims what every instance of `side` calls its own.
    /// - Returns: the symbols of these texts, one for each of the side's facts.
    mutating func claim(_ side: Side, inDR: Bool) -> [Symbol] {
        var holders: [Holder] = []
        holders.reserveCapacity(symbols.count + side.facts.count / 2)
        var found: [Symbol] = Array(repeating: .none, count: side.facts.count)
        for instance in side.instances.indices {
            guard let document = side.instances[instance].attributes?.document else { continue }
            let isData = side.instances[instance].isData
            for position in side.facts.positions(of: instance) where side.facts[position].kind.isText {
                let fact = side.facts[position]
                let symbol = document.value(at: fact.value).withDecodedBytes { symbols.intern($0) }
                found[position] = symbol
                while holders.count <= Int(symbol) { holders.append(Holder()) }
                Self.settle(&holders[Int(symbol)], instance, Self.rank(fact.kind, isData: isData).rawValue, side)
            }
        }
        if inDR { dr = holders } else { primary = holders }
        return found
    }

    private static func rank(_ kind: InstanceFact.Kind, isData: Bool) -> Rank {
        switch (kind, isData) {
        case (.own, false): .own
        case (.name, false): .name
        case (_, false): .computed
        case (.own, true): .dataOwn
        case (_, true): .dataComputed
        }
    }

    /// Decides who owns a text that several instances carry: the firmer claim, then the one that others depend on.
    private static func settle(_ holder: inout Holder, _ instance: Int, _ rank: UInt8, _ side: Side) {
        if holder.owner == Int32(instance) {
            holder.rank = min(holder.rank, rank)
            return
        }
        if holder.owner < 0 || rank < holder.rank {
            holder = Holder(owner: Int32(instance), rank: rank)
            return
        }
        guard rank == holder.rank else { return }
        let current = Int(holder.owner)
        if side.instances[current].resource == side.instances[instance].resource { return }
        if side.depends(instance, on: current) { return }
        if side.depends(current, on: instance) || side.instances[instance].type.name.utf8.count < side.instances[current].type.name.utf8.count {
            holder.owner = Int32(instance)
        }
    }
}
