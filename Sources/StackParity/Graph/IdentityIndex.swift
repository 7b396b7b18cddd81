internal import StateJSON

/// Who owns which text: ids, ARNs, computed strings and names of all instances of both sides.
struct IdentityIndex {
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

    var symbols = SymbolTable(capacity: 4096)
    private(set) var primary: [Holder] = []
    private(set) var dr: [Holder] = []

    func holder(_ symbol: Symbol, inDR: Bool) -> Holder {
        let list = inDR ? dr : primary
        return symbol >= 0 && Int(symbol) < list.count ? list[Int(symbol)] : Holder()
    }

    /// Claims what every instance of `side` calls its own.
    mutating func claim(_ side: Side, inDR: Bool) {
        for index in side.instances.indices {
            let instance = side.instances[index]
            guard let attributes = instance.attributes else { continue }
            OwnTexts.visit(attributes, type: instance.type) { text, kind in
                let rank: Rank = switch (kind, instance.isData) {
                case (.own, false): .own
                case (.computed, false): .computed
                case (.name, false): .name
                case (.own, true): .dataOwn
                default: .dataComputed
                }
                let symbol = symbols.intern(text)
                claim(symbol, by: index, rank: rank.rawValue, side: side, inDR: inDR)
            }
        }
    }

    private mutating func claim(_ symbol: Symbol, by instance: Int, rank: UInt8, side: Side, inDR: Bool) {
        if inDR {
            while dr.count <= Int(symbol) { dr.append(Holder()) }
            Self.settle(&dr[Int(symbol)], instance, rank, side)
        } else {
            while primary.count <= Int(symbol) { primary.append(Holder()) }
            Self.settle(&primary[Int(symbol)], instance, rank, side)
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
