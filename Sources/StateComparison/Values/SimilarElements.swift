import StateJSON

/// Pairs objects of two arrays that share most of their members, the most similar first.
struct SimilarElements {
    /// Places in the older and the newer array.
    private(set) var pairs: [(old: Int, new: Int)] = []
    private var pairedOld: Set<Int> = [], pairedNew: Set<Int> = []

    /// The search compares each with each; above this many elements it is left out,
    private static let most = 64
    /// and above this many bytes to look at.
    private static let budget = 1 << 25

    /// Nil when there is nothing to pair, or too much.
    init?(_ old: [JSONValue], _ oldPlaces: [Int], _ new: [JSONValue], _ newPlaces: [Int]) {
        guard !oldPlaces.isEmpty, !newPlaces.isEmpty, oldPlaces.count <= Self.most, newPlaces.count <= Self.most else { return nil }
        let oldSize = oldPlaces.reduce(0) { $0 + old[$1].rawRange.count }, newSize = newPlaces.reduce(0) { $0 + new[$1].rawRange.count }
        guard oldSize * newPlaces.count + newSize * oldPlaces.count <= Self.budget else { return nil }
        let newMembers = newPlaces.map { MemberIndex(new[$0]) }
        var candidates: [(likeness: Double, old: Int, new: Int)] = []
        for oldPlace in oldPlaces where old[oldPlace].isObject {
            let members = MemberIndex(old[oldPlace])
            for (newPlace, others) in zip(newPlaces, newMembers) {
                let likeness = Self.likeness(members, others)
                if likeness >= 0.5 { candidates.append((likeness, oldPlace, newPlace)) }
            }
        }
        candidates.sort { ($1.likeness, $0.old, $0.new) < ($0.likeness, $1.old, $1.new) }
        for candidate in candidates where !isPaired(old: candidate.old) && !isPaired(new: candidate.new) {
            pairs.append((candidate.old, candidate.new))
            pairedOld.insert(candidate.old)
            pairedNew.insert(candidate.new)
        }
    }

    func isPaired(old place: Int) -> Bool { pairedOld.contains(place) }
    func isPaired(new place: Int) -> Bool { pairedNew.contains(place) }

    /// The share of members that two objects have in common, 0 to 1.
    private static func likeness(_ old: MemberIndex, _ new: MemberIndex) -> Double {
        guard old.count > 0, new.count > 0 else { return 0 }
        var common = 0
        for member in old.members where new[member.key]?.isEqual(to: member.value) == true { common += 1 }
        return Double(common) / Double(max(old.count, new.count))
    }
}
