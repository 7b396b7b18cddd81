import StateJSON

enum EqualElements {
    /// The places of the elements that have no equal on the other side, counting how often each stands there.
    static func others(_ old: ArraySlice<JSONValue>, _ new: ArraySlice<JSONValue>) -> (old: [Int], new: [Int]) {
        var seen = SeenValues(expecting: new.count)
        // Equal elements of the newer side form a chain, the first of them at its head.
        let none = -1
        var head = Array(repeating: none, count: new.count), next = head, isTaken = Array(repeating: false, count: new.count)
        for place in new.indices.reversed() {
            let index = place - new.startIndex
            let first = seen.note(UInt32(index), hash: hash(new[place])) { new[new.startIndex + Int($0)].isEqual(to: new[place]) }
            let chain = first.map(Int.init) ?? index
            next[index] = head[chain]
            head[chain] = index
        }
        var oldRest: [Int] = []
        for place in old.indices {
            let first = seen.position(hash: hash(old[place])) { new[new.startIndex + Int($0)].isEqual(to: old[place]) }
            if let chain = first.map(Int.init), head[chain] != none {
                isTaken[head[chain]] = true
                head[chain] = next[head[chain]]
            } else {
                oldRest.append(place)
            }
        }
        return (oldRest, new.indices.filter { !isTaken[$0 - new.startIndex] })
    }

    private static func hash(_ value: JSONValue) -> UInt64 {
        value.isString ? value.contentHash(seed: SeenValues.seed) : value.canonicalHash(seed: SeenValues.seed)
    }
}
