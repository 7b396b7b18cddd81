internal import ProviderSchema
internal import StateJSON

extension Comparator {
    /// Trials of one element against another in a comparison without order; beyond, elements are taken in their order.
    private static let mostTrials = 40_000
    /// Lists compared without order in one pair of instances. Each try compares what is inside again, so that nested lists
    /// multiply: beyond, every list is compared once, in its order.
    private static let mostUnordered = 20_000

    mutating func compareArrays(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) {
        let isSame = Self.sameText(left, right)
        unordered += 1
        if left.count == right.count, left.count == 1 || unordered > Self.mostUnordered { return compareInOrder(left, right, node) }
        if unordered > Self.mostUnordered { return differ(.changed, left, right, node, "the lists differ in length") }
        if left.count == right.count {
            let mark = mark
            compareInOrder(left, right, node)
            if differences.count == mark.differences || isSame { return }
            back(to: mark)
        }
        compareWithoutOrder(Array(left.elements), Array(right.elements), node)
    }

    private mutating func compareInOrder(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) {
        var place = 0
        for (a, b) in zip(left.elements, right.elements) {
            defer { place += 1 }
            if isPlainlySame(a, b) { continue }
            steps.append(.index(place))
            compareValues(a, b, node)
            steps.removeLast()
        }
    }

    private mutating func compareWithoutOrder(_ left: [JSONValue], _ right: [JSONValue], _ node: AttributeNode) {
        var free = Array(right.indices)
        var lonely: [Int] = []
        var isReordered = false
        if left.count * right.count <= Self.mostTrials {
            for (position, value) in left.enumerated() {
                if let found = free.firstIndex(where: { corresponds(value, right[$0], node) }) {
                    isReordered = isReordered || free[found] != position
                    free.remove(at: found)
                } else {
                    lonely.append(position)
                }
            }
        } else {
            (lonely, free) = leftovers(left, right, node)
        }
        if lonely.isEmpty, free.isEmpty {
            if isReordered, !node.flags.contains(.set) { expect(.order) }
            return
        }
        settle(lonely.map { ($0, left[$0]) }, free.map { ($0, right[$0]) }, node)
    }

    /// For long lists: equal bytes first, then place by place.
    private mutating func leftovers(_ left: [JSONValue], _ right: [JSONValue], _ node: AttributeNode) -> ([Int], [Int]) {
        var byHash: [UInt64: [Int]] = [:]
        for (position, value) in right.enumerated().reversed() { byHash[value.withRawBytes { $0.mixedHash }, default: []].append(position) }
        var lonely: [Int] = []
        var used = Set<Int>()
        for (position, value) in left.enumerated() {
            if let found = byHash[value.withRawBytes { $0.mixedHash }]?.popLast() { used.insert(found) } else { lonely.append(position) }
        }
        let free = right.indices.filter { !used.contains($0) }
        var unmatched: [Int] = []
        var unmatchedRight: [Int] = []
        for (place, position) in lonely.enumerated() {
            if place < free.count, corresponds(left[position], right[free[place]], node) { continue }
            unmatched.append(position)
            if place < free.count { unmatchedRight.append(free[place]) }
        }
        if free.count > lonely.count { unmatchedRight += free[lonely.count...] }
        return (unmatched, unmatchedRight)
    }

    /// Reports what found no match: inside the elements when they are blocks of the same number, else as members of the list.
    private mutating func settle(_ left: [(Int, JSONValue)], _ right: [(Int, JSONValue)], _ node: AttributeNode) {
        if left.count == right.count, left.count <= 8, left.allSatisfy({ !$0.1.isScalar }) {
            var free = right
            for (position, value) in left {
                var best: (at: Int, count: Int)?
                for (place, candidate) in free.enumerated() {
                    let mark = mark
                    compareValues(value, candidate.1, node)
                    let count = differences.count - mark.differences
                    back(to: mark)
                    if count < (best?.count ?? Int.max) { best = (place, count) }
                }
                guard let best else { continue }
                let partner = free.remove(at: best.at)
                steps.append(.index(position))
                compareValues(value, partner.1, node)
                steps.removeLast()
            }
            return
        }
        if left.count == 1, right.count == 1, let a = left.first, let b = right.first {
            steps.append(.index(a.0))
            compareValues(a.1, b.1, node)
            steps.removeLast()
            return
        }
        var findingClass = FindingClass.changed
        var detail = right.isEmpty ? "DR lacks \(left.count) of the primary's" : left.isEmpty ? "DR has \(right.count) more" : "\(left.count) of the primary's and \(right.count) of DR's have no match"
        var known = 0
        for (_, value) in right where value.isString {
            let (hit, isKnown) = value.withDecodedBytes { text in (foreign(text, node, isEqual: false), context.index.holder(context.index.symbols.find(text), inDR: true).isFirm) }
            if let hit {
                findingClass = .namesThePrimary
                detail = hit
            }
            if isKnown { known += 1 }
        }
        if findingClass == .changed, known > 0, left.contains(where: { value in value.1.isString && value.1.withDecodedBytes { context.index.holder(context.index.symbols.find($0), inDR: false).isFirm } }) {
            findingClass = .wrongReference
        }
        differ(findingClass, Self.list(left.map(\.1)), Self.list(right.map(\.1)), node, detail)
        differences[differences.count - 1].follows = consequences(left, right)
    }

    /// The objects missing on one side of which every member without a match is one; nil when there are others.
    private func consequences(_ left: [(Int, JSONValue)], _ right: [(Int, JSONValue)]) -> Difference.Alone? {
        var alone = Difference.Alone()
        for (_, value) in left {
            let owners = aloneOwners(of: value, inDR: false)
            if owners.isEmpty { return nil }
            alone.primary += owners
        }
        for (_, value) in right {
            let owners = aloneOwners(of: value, inDR: true)
            if owners.isEmpty { return nil }
            alone.dr += owners
        }
        return alone
    }

    private static func list(_ values: [JSONValue]) -> DriftValue {
        if values.isEmpty { return .absent }
        var text = "["
        for value in values {
            if text.utf8.count > DriftValue.longest { return .text(text + "…") }
            if text.utf8.count > 1 { text += ", " }
            if case .text(let part) = Self.text(value) { text += part }
        }
        return .text(text + "]")
    }
}
