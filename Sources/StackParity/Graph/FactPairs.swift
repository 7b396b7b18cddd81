internal import StateJSON

/// The facts that two instances have about attributes of the same name: positions in each side's table.
struct FactPairs: Sequence, IteratorProtocol {
    private let mine: FactTable
    private let theirs: FactTable
    private let document: JSONDocument
    private let drDocument: JSONDocument
    private var left: Range<Int>
    private let right: Range<Int>
    private var upcoming: Int
    /// Facts by the names of their attributes; made when there are many, in another order.
    private var byName: [String: Int]?
    /// Facts up to which looking at all of them is cheap.
    private static let few = 32

    init(_ mine: FactTable, _ left: Range<Int>, _ document: JSONDocument, _ theirs: FactTable, _ right: Range<Int>, _ drDocument: JSONDocument) {
        (self.mine, self.theirs, self.document, self.drDocument) = (mine, theirs, document, drDocument)
        (self.left, self.right, upcoming) = (left, right, right.lowerBound)
    }

    mutating func next() -> (Int, Int)? {
        while let position = left.first {
            left = position + 1..<left.upperBound
            let fact = mine[position]
            // A zone is a text of its own besides.
            if fact.kind == .inside || fact.kind == .zone { continue }
            let name = document.value(at: fact.value - 1)
            while upcoming < right.upperBound, theirs[upcoming].kind == .inside || theirs[upcoming].kind == .zone { upcoming += 1 }
            if upcoming < right.upperBound, Self.isSame(name, drDocument.value(at: theirs[upcoming].value - 1)) {
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
            return right.first { isNamed($0) && Self.isSame(name, document.value(at: theirs[$0].value - 1)) }
        }
        let table = byName ?? Dictionary(right.filter(isNamed).map { (document.value(at: theirs[$0].value - 1).string ?? "", $0) }, uniquingKeysWith: { $1 })
        byName = table
        return table[name.string ?? ""]
    }

    private func isNamed(_ position: Int) -> Bool { theirs[position].kind != .inside && theirs[position].kind != .zone }

    private static func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if !left.isEscaped { return left.withStringBytes { right.equals($0) } }
        return left.withDecodedBytes { right.equals($0) }
    }
}
