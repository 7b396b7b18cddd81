internal import ProviderSchema
internal import StateJSON
internal import TerraformState

/// Reads the pairs of instances and fills a `Correspondences`.
struct Learner {
    let primary: Side
    let dr: Side
    var index: IdentityIndex
    var learned = Correspondences()
    private let trees = AttributeTrees()

    init(primary: Side, dr: Side, index: IdentityIndex) {
        self.primary = primary
        self.dr = dr
        self.index = index
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
        for (i, j) in pairs { learnTexts(i, j) }
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

    private mutating func learnTexts(_ i: Int, _ j: Int) {
        guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { return }
        let root = trees.root(of: primary.instances[i].type)
        for (position, drPosition) in FactPairs(primary, i, dr, j) {
            let fact = primary.facts[position], other = dr.facts[drPosition]
            let value = left.document.value(at: fact.value), drValue = right.document.value(at: other.value)
            switch (fact.kind, other.kind) {
            case (.own, .own), (.name, .name), (.computed, .computed):
                let node = left.document.value(at: fact.value - 1).withDecodedBytes { root.child($0, at: Int(fact.place)) }
                // What a data source looked up is its own only when its id says so.
                if fact.kind == .computed, !node.flags.isComputedOnly, !(isOwnName(value, left) && isOwnName(drValue, right)) { continue }
                value.withDecodedBytes { a in
                    drValue.withDecodedBytes { learnText(i, j, a, $0, primary.facts.symbols[position], dr.facts.symbols[drPosition], node: node) }
                }
            case (.tags, .tags):
                if let name = value["Name"] ?? value["name"], let drName = drValue["Name"] ?? drValue["name"], name.isString, drName.isString {
                    name.withDecodedBytes { a in drName.withDecodedBytes { learned.names.observe(a, $0) } }
                }
            case (.block, .block):
                learnInside(i, j, value, drValue, node: left.document.value(at: fact.value - 1).withDecodedBytes { root.child($0, at: Int(fact.place)) })
            default: break
            }
        }
    }

    private func isOwnName(_ value: JSONValue, _ attributes: JSONValue) -> Bool {
        value.withDecodedBytes { OwnTexts.isOwnName($0, id: attributes["id"], arn: attributes["arn"]) }
    }

    private mutating func learnInside(_ i: Int, _ j: Int, _ left: JSONValue, _ right: JSONValue, node: AttributeNode) {
        if left.isString, right.isString {
            guard node.flags.isComputedOnly else { return }
            left.withDecodedBytes { a in
                right.withDecodedBytes { b in
                    if a.count >= 8, b.count >= 8, TextShape.isMachineMade(a), TextShape.isMachineMade(b) { learnText(i, j, a, b, index.symbols.find(a), index.symbols.find(b), node: node) }
                }
            }
        } else if left.isArray, right.isArray, left.count == right.count {
            for (a, b) in zip(left.elements, right.elements) { learnInside(i, j, a, b, node: node) }
        } else if left.isObject, right.isObject {
            var others = MemberSearch(right)
            var place = 0
            for member in left.members {
                if let other = others.next(member.key) {
                    learnInside(i, j, member.value, other, node: member.key.value.withDecodedBytes { node.child($0, at: place) })
                }
                place += 1
            }
        }
    }

    /// Learns one pair of texts, unless the text is another instance's: a reference must not vouch for itself.
    private mutating func learnText(_ i: Int, _ j: Int, _ a: ByteText, _ b: ByteText, _ symbol: Symbol, _ drSymbol: Symbol, node: AttributeNode) {
        guard symbol >= 0, drSymbol >= 0 else { return }
        if isAnothers(symbol, instance: i, side: primary, inDR: false, node: node) || isAnothers(drSymbol, instance: j, side: dr, inDR: true, node: node) { return }
        learned.add(symbol, drSymbol, weight: node.role == .id || node.role == .arn ? 3 : 1)
        guard symbol != drSymbol else {
            if node.role == .name { learned.names.observe(a, b) }
            return
        }
        if node.role == .name || !TextShape.isMachineMade(a) && !node.flags.isComputedOnly { learned.names.observe(a, b) }
        learnWords(a, b, isHost: node.flags.isComputedOnly && a.contains(UInt8(ascii: ".")) && b.contains(UInt8(ascii: ".")))
    }

    private func isAnothers(_ symbol: Symbol, instance: Int, side: Side, inDR: Bool, node: AttributeNode) -> Bool {
        let holder = index.holder(symbol, inDR: inDR)
        guard holder.isHeld, Int(holder.owner) != instance else { return false }
        return node.flags.isComputedOnly || side.depends(instance, on: Int(holder.owner))
    }

    /// Learns drawn-by-lot words inside two texts that correspond: the hash in an ARN, the label in a host name.
    ///
    /// - Parameter isHost: the texts are names that the provider gave; their labels need not look drawn.
    private mutating func learnWords(_ a: ByteText, _ b: ByteText, isHost: Bool) {
        let left = Lexer.tokens(of: a), right = Lexer.tokens(of: b)
        guard left.count == right.count, left.count > 1 else { return }
        for (x, y) in zip(left, right) where x.kind == .word && y.kind == .word {
            let p = a.part(x.range), d = b.part(y.range)
            guard p.count >= 6, d.count >= 6, !p.isEqual(to: d) else { continue }
            guard isHost && p.count >= 8 && d.count >= 8 || TextShape.isMachineMade(p) && TextShape.isMachineMade(d) else { continue }
            if RegionName.isRegion(p) || TextShape.isTwelveDigits(p) { continue }
            let symbol = index.symbols.intern(p), drSymbol = index.symbols.intern(d)
            learned.add(symbol, drSymbol, weight: 1)
        }
    }
}
