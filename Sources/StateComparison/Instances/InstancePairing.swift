import StateJSON
import TerraformState

/// Finds for each instance of the older state the one of the newer state that stands for the same thing.
///
/// 1. The same place (address and deposed key) with the same object.
/// 2. The same object (type and id, unique on both sides) in another place: it moved.
/// 3. The same place with another object: it was replaced.
/// 4. What is left and looks the same in every attribute moved too: resource types without an id.
struct InstancePairing {
    /// In the order of the newer state; instances that are gone stand behind the one that they followed.
    private(set) var pairs: [InstancePair] = []

    init(before: TerraformState, after: TerraformState) {
        let old = before.instances, new = after.instances
        var matching = Matching(old: old, new: new)
        matching.matchUntouched(before.document.bytes, after.document.bytes)
        matching.matchSamePlaceAndObject()
        matching.matchSameObjectElsewhere()
        matching.matchSamePlace()
        matching.matchSameAttributesElsewhere()
        pairs = matching.pairs()
    }
}

/// The pairing under way: for each instance the place of its partner on the other side.
private struct Matching {
    let old: [StateInstance]
    let new: [StateInstance]
    private var newOfOld: [Int?]
    private var oldOfNew: [Int?]
    private var untouched: Set<Int> = []
    /// Old instances by place, filled when the first one is looked up.
    private var oldByPlace: [Place: Int] = [:]

    struct Place: Hashable {
        var address: String
        var deposed: String?

        init(_ instance: StateInstance) {
            address = instance.address
            deposed = instance.deposed
        }
    }

    init(old: [StateInstance], new: [StateInstance]) {
        self.old = old
        self.new = new
        newOfOld = Array(repeating: nil, count: old.count)
        oldOfNew = Array(repeating: nil, count: new.count)
    }

    private mutating func match(_ oldIndex: Int, _ newIndex: Int) {
        newOfOld[oldIndex] = newIndex
        oldOfNew[newIndex] = oldIndex
    }

    /// Walks both states side by side: most instances of two versions are equal to the byte, in the same order.
    mutating func matchUntouched(_ oldBytes: StateBytes, _ newBytes: StateBytes) {
        var oldIndex = 0
        for newIndex in new.indices {
            // A few came or went: look a little ahead on the old side before giving this one up.
            for candidate in oldIndex..<min(oldIndex + 4, old.count)
            where old[candidate].hasSamePlace(as: new[newIndex]) && old[candidate].hasSameBytes(in: oldBytes, as: new[newIndex], in: newBytes) {
                match(candidate, newIndex)
                untouched.insert(newIndex)
                oldIndex = candidate + 1
                break
            }
        }
    }

    mutating func matchSamePlaceAndObject() {
        for (index, instance) in old.enumerated() where newOfOld[index] == nil { oldByPlace[Place(instance)] = index }
        for (newIndex, instance) in new.enumerated() where oldOfNew[newIndex] == nil {
            guard let oldIndex = oldByPlace[Place(instance)], old[oldIndex].objectID == instance.objectID else { continue }
            match(oldIndex, newIndex)
        }
    }

    mutating func matchSamePlace() {
        for (newIndex, instance) in new.enumerated() where oldOfNew[newIndex] == nil {
            guard let oldIndex = oldByPlace[Place(instance)], newOfOld[oldIndex] == nil else { continue }
            match(oldIndex, newIndex)
        }
    }

    mutating func matchSameObjectElsewhere() {
        matchElsewhere { instance in
            instance.objectID.map { [instance.resource.type, $0] }
        }
    }

    mutating func matchSameAttributesElsewhere() {
        matchElsewhere { instance in
            guard instance.objectID == nil, let attributes = instance.attributes else { return nil }
            return [instance.resource.type, String(decoding: attributes.canonicalBytes, as: UTF8.self)]
        }
    }

    /// Matches unmatched managed instances that share a key which no other instance of either side has.
    ///
    /// Deposed objects stay where they are: they belong to the replacement at their address. Matched instances count
    /// too: an id that is not unique (`random_password` has "none") identifies nothing.
    private mutating func matchElsewhere(key: (StateInstance) -> [String]?) {
        guard newOfOld.contains(nil), oldOfNew.contains(nil) else { return }
        func unique(_ instances: [StateInstance]) -> [[String]: Int] {
            var places: [[String]: Int?] = [:]
            for (index, instance) in instances.enumerated() where instance.deposed == nil && instance.resource.mode == .managed {
                guard let key = key(instance) else { continue }
                places.updateValue(places.keys.contains(key) ? nil : index, forKey: key)
            }
            return places.compactMapValues { $0 }
        }
        let newPlaces = unique(new)
        for (key, oldIndex) in unique(old) where newOfOld[oldIndex] == nil {
            if let newIndex = newPlaces[key], oldOfNew[newIndex] == nil { match(oldIndex, newIndex) }
        }
    }

    func pairs() -> [InstancePair] {
        var pairs: [InstancePair] = []
        pairs.reserveCapacity(new.count)
        var oldIndex = 0
        func appendGone(before limit: Int) {
            while oldIndex < limit {
                if newOfOld[oldIndex] == nil { pairs.append(InstancePair(before: old[oldIndex])) }
                oldIndex += 1
            }
        }
        for (newIndex, instance) in new.enumerated() {
            if let partner = oldOfNew[newIndex] {
                appendGone(before: partner)
                pairs.append(InstancePair(before: old[partner], after: instance, isByteEqual: untouched.contains(newIndex)))
            } else {
                pairs.append(InstancePair(after: instance))
            }
        }
        appendGone(before: old.count)
        return pairs
    }
}

extension StateInstance {
    fileprivate func hasSamePlace(as other: StateInstance) -> Bool {
        deposed == other.deposed && address == other.address
    }

    fileprivate func hasSameBytes(in bytes: StateBytes, as other: StateInstance, in otherBytes: StateBytes) -> Bool {
        let range = rawRange, otherRange = other.rawRange
        guard range.count == otherRange.count else { return false }
        return bytes.withUnsafeBytes(in: range) { left in
            otherBytes.withUnsafeBytes(in: otherRange) { right in left.elementsEqual(right) }
        }
    }
}
