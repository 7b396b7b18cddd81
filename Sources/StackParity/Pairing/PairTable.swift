/// Who stands for whom, and how that was found.
struct PairTable {
    struct Entry {
        var dr: Int
        var basis: Counterpart.Basis
        var confidence: Double
    }
    private(set) var ofPrimary: [Entry?]
    private(set) var ofDR: [Int?]
    private(set) var count = 0

    init(primaryCount: Int, drCount: Int) {
        ofPrimary = Array(repeating: nil, count: primaryCount)
        ofDR = Array(repeating: nil, count: drCount)
    }

    /// With the sides in each other's place.
    var mirrored: PairTable {
        var mirror = PairTable(primaryCount: ofDR.count, drCount: ofPrimary.count)
        for (i, entry) in ofPrimary.enumerated() { if let entry { mirror.join(entry.dr, i, entry.basis, entry.confidence) } }
        return mirror
    }

    mutating func join(_ primary: Int, _ dr: Int, _ basis: Counterpart.Basis, _ confidence: Double) {
        guard ofPrimary[primary] == nil, ofDR[dr] == nil else { return }
        ofPrimary[primary] = Entry(dr: dr, basis: basis, confidence: confidence)
        ofDR[dr] = primary
        count += 1
    }

    func dr(of primary: Int) -> Int? { ofPrimary[primary]?.dr }

    var pairs: [(Int, Int)] {
        ofPrimary.indices.compactMap { index in ofPrimary[index].map { (index, $0.dr) } }
    }
}
