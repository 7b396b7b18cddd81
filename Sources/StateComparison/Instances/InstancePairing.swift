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

    init(_ candidates: ChangeCandidates) {
        var matching = Matching(candidates)
        matching.matchSamePlaceAndObject()
        matching.matchElsewhere(by: .objectID)
        matching.matchSamePlace()
        matching.matchElsewhere(by: .attributes)
        pairs = matching.pairs()
    }
}

/// The pairing under way: for each candidate the index of its partner on the other side.
private struct Matching {
    let candidates: ChangeCandidates
    private let old: [StateInstance]
    private let new: [StateInstance]
    private var newOfOld: [Int?]
    private var oldOfNew: [Int?]
    private let oldByPlace: [Place: Int]

    struct Place: Hashable {
        var address: String
        var deposed: String?

        init(_ instance: StateInstance) {
            address = instance.address
            deposed = instance.deposed
        }
    }

    init(_ candidates: ChangeCandidates) {
        self.candidates = candidates
        old = candidates.old
        new = candidates.new
        newOfOld = Array(repeating: nil, count: old.count)
        oldOfNew = Array(repeating: nil, count: new.count)
        oldByPlace = Dictionary(old.enumerated().map { (Place($1), $0) }, uniquingKeysWith: { $1 })
    }

    private mutating func match(_ oldIndex: Int, _ newIndex: Int) {
        newOfOld[oldIndex] = newIndex
        oldOfNew[newIndex] = oldIndex
    }

    mutating func matchSamePlaceAndObject() {
        for (newIndex, instance) in new.enumerated() {
            guard let oldIndex = oldByPlace[Place(instance)], newOfOld[oldIndex] == nil, old[oldIndex].objectID == instance.objectID else { continue }
            match(oldIndex, newIndex)
        }
    }

    mutating func matchSamePlace() {
        for (newIndex, instance) in new.enumerated() where oldOfNew[newIndex] == nil {
            guard let oldIndex = oldByPlace[Place(instance)], newOfOld[oldIndex] == nil else { continue }
            match(oldIndex, newIndex)
        }
    }

    /// Matches unmatched managed instances that share a mark which no other instance of either state has.
    ///
    /// Deposed objects stay where they are: they belong to the replacement at their address. Matched and untouched
    /// instances count too: an id that is not unique (`random_password` has "none") identifies nothing.
    mutating func matchElsewhere(by kind: ObjectMark.Kind) {
        let oldMarks = marks(kind, old, newOfOld), newMarks = marks(kind, new, oldOfNew)
        let shared = Set(oldMarks.keys).intersection(newMarks.keys)
        guard !shared.isEmpty else { return }
        let unique = ObjectMark.unique(shared, kind, in: candidates.before).intersection(ObjectMark.unique(shared, kind, in: candidates.after))
        for mark in unique {
            if let oldIndex = oldMarks[mark], let newIndex = newMarks[mark] { match(oldIndex, newIndex) }
        }
    }

    private func marks(_ kind: ObjectMark.Kind, _ instances: [StateInstance], _ partners: [Int?]) -> [ObjectMark: Int] {
        var marks: [ObjectMark: Int] = [:]
        for (index, instance) in instances.enumerated() where partners[index] == nil {
            if let mark = ObjectMark(instance, kind) { marks[mark] = index }
        }
        return marks
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
        var fences = candidates.fences[...]
        for (newIndex, instance) in new.enumerated() {
            while let fence = fences.first, fence.new <= newIndex {
                appendGone(before: fence.old)
                fences.removeFirst()
            }
            if let partner = oldOfNew[newIndex] { appendGone(before: partner) }
            pairs.append(InstancePair(before: oldOfNew[newIndex].map { old[$0] }, after: instance))
        }
        appendGone(before: old.count)
        return pairs
    }
}
