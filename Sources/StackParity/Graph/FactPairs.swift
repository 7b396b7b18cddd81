internal import StateJSON

/// The facts that two instances have about attributes of the same name: positions in each side's table.
struct FactPairs: Sequence, IteratorProtocol {
    private let primary: Side
    private let dr: Side
    private let document: JSONDocument?
    private let drDocument: JSONDocument?
    private var left: Range<Int>
    private let right: Range<Int>
    private var upcoming: Int
    /// Facts by the names of their attributes; made when there are many, in another order.
    private var byName: [String: Int]?
    /// Facts up to which looking at all of them is cheap.
    private static let few = 32

    init(_ primary: Side, _ i: Int, _ dr: Side, _ j: Int) {
        (self.primary, self.dr) = (primary, dr)
        (document, drDocument) = (primary.instances[i].attributes?.document, dr.instances[j].attributes?.document)
        left = primary.facts.positions(of: i)
        right = dr.facts.positions(of: j)
        upcoming = right.lowerBound
    }

    mutating func next() -> (Int, Int)? {
        guard let document, let drDocument else { return nil }
        while let position = left.first {
            left.removeFirst()
            let fact = primary.facts[position]
            // A zone is a text of its own besides.
            if fact.kind == .inside || fact.kind == .zone { continue }
            let name = document.value(at: fact.value - 1)
            while upcoming < right.upperBound, dr.facts[upcoming].kind == .inside || dr.facts[upcoming].kind == .zone { upcoming += 1 }
            if upcoming < right.upperBound, Self.isSame(name, drDocument.value(at: dr.facts[upcoming].value - 1)) {
                upcoming += 1
                return (position, upcoming - 1)
            }
            if let other = look(for: name, in: drDocument) {
                upcoming = other + 1
                return (position, other)
            }
        }
        return nil
    }

    private mutating func look(for name: JSONValue, in document: JSONDocument) -> Int? {
        if right.count <= Self.few {
            return right.first { isNamed($0) && Self.isSame(name, document.value(at: dr.facts[$0].value - 1)) }
        }
        let table = byName ?? Dictionary(right.filter(isNamed).map { (document.value(at: dr.facts[$0].value - 1).string ?? "", $0) }, uniquingKeysWith: { $1 })
        byName = table
        return table[name.string ?? ""]
    }

    private func isNamed(_ position: Int) -> Bool { dr.facts[position].kind != .inside && dr.facts[position].kind != .zone }

    private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if !left.isEscaped { return left.withStringBytes { right.equals($0) } }
        return left.withDecodedBytes { right.equals($0) }
    }
}
