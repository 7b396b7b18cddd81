internal import ProviderSchema
internal import StateJSON
internal import TerraformState

/// Reads the pairs of instances and fills a `Correspondences`.
struct Learner {
    let primary: Side
    let dr: Side
    var index: IdentityIndex
    var learned = Correspondences()

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
        var regions: [String: Int] = [:]
        var accounts: [String: Int] = [:]
        for position in side.instances.indices where !side.instances[position].isData {
            guard let parts = side.place(of: position) else { continue }
            if !parts.region.isEmpty { regions[parts.region, default: 0] += 1 }
            if !parts.account.isEmpty { accounts[parts.account, default: 0] += 1 }
        }
        func most(_ counts: [String: Int]) -> String { counts.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }?.key ?? "" }
        return (most(regions), most(accounts))
    }

    // MARK: From pairs

    /// Learns from all pairs given; calling again with more pairs adds to what is known.
    mutating func learn(from pairs: [(Int, Int)]) {
        for (i, j) in pairs {
            guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { continue }
            learnPlaces(i, j)
            learnTexts(i, j, left, right)
        }
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

    private mutating func learnPlaces(_ i: Int, _ j: Int) {
        if let p = primary.place(of: i), let d = dr.place(of: j) {
            if !p.region.isEmpty, !d.region.isEmpty { learned.regions.vote(p.region, d.region) }
            if !p.account.isEmpty, !d.account.isEmpty { learned.accounts.vote(p.account, d.account) }
        }
    }

    private mutating func learnTexts(_ i: Int, _ j: Int, _ left: JSONValue, _ right: JSONValue) {
        let type = primary.instances[i].type
        let id = left["id"], drID = right["id"], arn = left["arn"], drARN = right["arn"]
        var theirs = right.members.makeIterator()
        var next = theirs.next()
        var place = 0
        for member in left.members {
            defer { place += 1 }
            // Terraform writes both in the same order; when it does not, look the member up.
            let other: JSONValue?
            if let candidate = next, candidate.key.equals(member.key) {
                other = candidate.value
                next = theirs.next()
            } else {
                other = right[member.key.string]
            }
            guard let other else { continue }
            let value = member.value
            let node = member.key.value.withDecodedBytes { type.root.child($0, at: place) }
            if value.isString, other.isString {
                value.withDecodedBytes { a in
                    other.withDecodedBytes { b in
                        guard a.count >= OwnTexts.shortest, b.count >= OwnTexts.shortest else { return }
                        let isOwn = switch node.role {
                        case .id, .arn, .name: true
                        case .plain, .mirror, .counter:
                            (node.flags.isComputedOnly && OwnTexts.isTelling(a)) || (OwnTexts.isOwnName(a, id: id, arn: arn) && OwnTexts.isOwnName(b, id: drID, arn: drARN))
                        default: false
                        }
                        if isOwn { learnText(i, j, a, b, node: node) }
                    }
                }
            } else if node.role == .tags, value.isObject, other.isObject {
                if let name = value["Name"] ?? value["name"], let drName = other["Name"] ?? other["name"], name.isString, drName.isString {
                    name.withDecodedBytes { a in drName.withDecodedBytes { learned.names.observe(a, $0) } }
                }
            } else if !value.isScalar, node.flags.isComputedOnly || type.computedInside.contains(node.name) {
                learnInside(i, j, value, other, node: node)
            }
        }
    }

    private mutating func learnInside(_ i: Int, _ j: Int, _ left: JSONValue, _ right: JSONValue, node: AttributeNode) {
        if left.isString, right.isString {
            guard node.flags.isComputedOnly else { return }
            left.withDecodedBytes { a in
                right.withDecodedBytes { b in
                    if a.count >= 8, b.count >= 8, TextShape.isMachineMade(a), TextShape.isMachineMade(b) { learnText(i, j, a, b, node: node) }
                }
            }
        } else if left.isArray, right.isArray, left.count == right.count {
            for (a, b) in zip(left.elements, right.elements) { learnInside(i, j, a, b, node: node) }
        } else if left.isObject, right.isObject {
            var place = 0
            for member in left.members {
                if let other = right[member.key.string] {
                    learnInside(i, j, member.value, other, node: member.key.value.withDecodedBytes { node.child($0, at: place) })
                }
                place += 1
            }
        }
    }

    /// Learns one pair of texts, unless the text is another instance's: a reference must not vouch for itself.
    private mutating func learnText(_ i: Int, _ j: Int, _ a: ByteText, _ b: ByteText, node: AttributeNode) {
        let symbol = index.symbols.find(a), drSymbol = index.symbols.find(b)
        guard symbol >= 0, drSymbol >= 0 else { return }
        if isAnothers(symbol, instance: i, side: primary, inDR: false, node: node) || isAnothers(drSymbol, instance: j, side: dr, inDR: true, node: node) { return }
        learned.add(symbol, drSymbol, weight: node.role == .id || node.role == .arn ? 3 : 1)
        guard !a.isEqual(to: b) else {
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
