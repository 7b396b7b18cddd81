/// One attribute of an instance that more than one step asks for: found once, so that nobody walks the attributes again.
struct InstanceFact {
    enum Kind: UInt8 {
        /// By which others can refer to the instance: its id or ARN; a text that the provider computed; its name.
        case own, computed, name
        /// A computed text further inside; the blocks that hold such.
        case inside, block
        case zone, tags, allTags

        /// Whether others can refer to the instance by it.
        var isText: Bool { rawValue <= Kind.inside.rawValue }
    }

    /// Where the value stands on the tape; its key stands before it.
    var value: UInt32
    /// Which of the attributes it is; of an inside text, which attribute it stands in.
    var place: Int32
    var kind: Kind
}

/// The facts of all instances of a side.
struct FactTable: Sendable {
    /// What a worker read of consecutive instances.
    struct Portion {
        var facts: [InstanceFact] = []
        /// Where each instance's facts end.
        var ends: [Int] = []
        /// Numbers of the instances' places in the portion's own table.
        var places: [Int32] = []
        var table = PlaceTable()
    }

    private var facts: [InstanceFact] = []
    private var ends: [Int] = []
    private var places: [Int32] = []
    private var table = PlaceTable()
    /// Of each fact that is a text; empty until the identity index has taken them in.
    var symbols: [Symbol] = []

    init() {}

    init(_ portions: [Portion], expecting count: Int) {
        facts.reserveCapacity(portions.reduce(0) { $0 + $1.facts.count })
        ends.reserveCapacity(count)
        places.reserveCapacity(count)
        for portion in portions {
            let start = facts.count
            facts += portion.facts
            for end in portion.ends { ends.append(start + end) }
            let numbers = portion.table.all.map { table.number(of: $0) }
            for place in portion.places { places.append(place < 0 ? -1 : numbers[Int(place)]) }
        }
    }

    var count: Int { facts.count }

    subscript(_ position: Int) -> InstanceFact { facts[position] }

    /// Positions of an instance's facts, in the order of its attributes.
    func positions(of instance: Int) -> Range<Int> { (instance == 0 ? 0 : ends[instance - 1])..<ends[instance] }

    func place(of instance: Int) -> PlaceTable.Place? { table[places[instance]] }
    func place(number: Int32) -> PlaceTable.Place? { table[number] }

    /// The number of an instance's place; equal for equal places, -1 for none.
    func placeNumber(of instance: Int) -> Int32 { places[instance] }
}
