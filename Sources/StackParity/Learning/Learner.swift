internal import StateJSON
internal import TerraformState

/// Reads the pairs of instances and fills a `Correspondences`.
struct Learner {
    let primary: Side
    let dr: Side
    var index: IdentityIndex
    var learned = Correspondences()
    private let workers: Workers

    init(primary: Side, dr: Side, index: IdentityIndex, workers: Workers) {
        self.primary = primary
        self.dr = dr
        self.index = index
        self.workers = workers
    }

    // MARK: Before any pair is known

    /// The region and the account of most objects of each side.
    mutating func learnHomes() {
        (learned.primaryRegion, learned.primaryAccount) = Self.home(of: primary)
        (learned.drRegion, learned.drAccount) = Self.home(of: dr)
        if !learned.primaryRegion.isEmpty, !learned.drRegion.isEmpty, learned.primaryRegion != learned.drRegion {
            learned.regions.vote(learned.primaryRegion, learned.drRegion)
            learned.regions.settle(order: <)
        }
    }

    static func home(of side: Side) -> (region: String, account: String) {
        var counts: [Int32: Int] = [:]
        for position in side.instances.indices where !side.instances[position].isData { counts[side.facts.placeNumber(of: position), default: 0] += 1 }
        var regions: [String: Int] = [:]
        var accounts: [String: Int] = [:]
        for (number, count) in counts {
            guard let place = side.facts.place(number: number) else { continue }
            if !place.region.isEmpty { regions[place.region, default: 0] += count }
            if !place.account.isEmpty { accounts[place.account, default: 0] += count }
        }
        func most(_ counts: [String: Int]) -> String { counts.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }?.key ?? "" }
        return (most(regions), most(accounts))
    }

    // MARK: From pairs

    /// Learns from all pairs given; calling again with more pairs adds to what is known.
    mutating func learn(from pairs: [(Int, Int)]) {
        learnPlaces(from: pairs)
        learnTexts(from: pairs)
        learned.regions.settle(order: <)
        learned.accounts.settle(order: <)
        for (region, other) in learned.regions.forward where learned.regions.support(region, other) >= 2 && !Self.looksLikeRegion(region) { learned.names.takePlace(region, other) }
        learned.names.settle()
    }

    /// Other clouds call their regions `europe-west4` or `westeurope`.
    private static func looksLikeRegion(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { RegionName.isRegion($0) }
    }

    private mutating func learnPlaces(from pairs: [(Int, Int)]) {
        struct Places: Hashable { var primary: Int32; var dr: Int32 }
        var counts: [Places: Int] = [:]
        for (i, j) in pairs where primary.instances[i].attributes != nil && dr.instances[j].attributes != nil {
            counts[Places(primary: primary.facts.placeNumber(of: i), dr: dr.facts.placeNumber(of: j)), default: 0] += 1
        }
        for (places, count) in counts {
            guard let p = primary.facts.place(number: places.primary), let d = dr.facts.place(number: places.dr) else { continue }
            if !p.region.isEmpty, !d.region.isEmpty { learned.regions.vote(p.region, d.region, count) }
            if !p.account.isEmpty, !d.account.isEmpty { learned.accounts.vote(p.account, d.account, count) }
        }
    }

    /// Pairs that a worker reads at a time, at least.
    private static let portion = 512

    private mutating func learnTexts(from pairs: [(Int, Int)]) {
        for lessons in lessons(from: pairs) { take(lessons) }
    }

    private func lessons(from pairs: [(Int, Int)]) -> [PairLessons] {
        let primary = primary, dr = dr, index = index
        let portion = max(Self.portion, pairs.count / (workers.count * 4) + 1)
        return workers.map(pairs.count, size: portion, state: { PairReader(primary: primary, dr: dr, index: index) }) { reader, range in reader.read(pairs[range]) }
    }

    private mutating func take(_ lessons: PairLessons) {
        for text in lessons.texts { learned.add(text.primary, text.dr, weight: text.weight) }
        // The same words, by the numbers that all portions share.
        let numbers = (0..<lessons.wordTable.count).map { symbol in lessons.wordTable.withBytes(of: Symbol(symbol)) { index.symbols.intern($0) } }
        for word in lessons.words { learned.add(numbers[Int(word.primary)], numbers[Int(word.dr)], weight: word.weight) }
        learned.names.take(lessons.names)
    }
}
