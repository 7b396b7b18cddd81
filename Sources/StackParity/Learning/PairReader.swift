internal import ProviderSchema
internal import StateJSON

/// What pairs of instances teach about texts: read by several workers, taken in by the learner in the order of the pairs.
struct PairLessons: Sendable {
    struct Image {
        var primary: Symbol
        var dr: Symbol
        var weight: Int32
    }
    /// Texts of the identity index that correspond.
    fileprivate(set) var texts: [Image] = []
    /// Drawn-by-lot words that correspond, by their symbols in `wordTable`, each pair once.
    fileprivate(set) var words: [Image] = []
    fileprivate(set) var wordTable = SymbolTable()
    fileprivate(set) var names = NameRules()
    private var known: [UInt64: Int] = [:]

    fileprivate mutating func note(_ word: ByteText, _ drWord: ByteText) {
        let symbol = wordTable.intern(word), drSymbol = wordTable.intern(drWord)
        let key = UInt64(UInt32(bitPattern: symbol)) << 32 | UInt64(UInt32(bitPattern: drSymbol))
        if let place = known[key] {
            words[place].weight += 1
        } else {
            known[key] = words.count
            words.append(Image(primary: symbol, dr: drSymbol, weight: 1))
        }
    }
}

/// Reads pairs of instances, with nodes of its own.
struct PairReader {
    private let primary: Side
    private let dr: Side
    private let index: IdentityIndex
    private let trees = AttributeTrees()
    private var handles = DocumentHandles()
    private var drHandles = DocumentHandles()
    private var lessons = PairLessons()

    init(primary: Side, dr: Side, index: IdentityIndex) {
        self.primary = primary
        self.dr = dr
        self.index = index
    }

    mutating func read(_ pairs: ArraySlice<(Int, Int)>) -> PairLessons {
        lessons = PairLessons()
        for (i, j) in pairs { read(i, j) }
        return lessons
    }

    private mutating func read(_ i: Int, _ j: Int) {
        guard let left = handles.attributes(of: primary.instances[i]), let right = drHandles.attributes(of: dr.instances[j]) else { return }
        let document = left.document, drDocument = right.document
        let root = trees.root(of: primary.instances[i].type)
        for (position, drPosition) in FactPairs(primary.facts, primary.facts.positions(of: i), document, dr.facts, dr.facts.positions(of: j), drDocument) {
            let fact = primary.facts[position], other = dr.facts[drPosition]
            let value = document.value(at: fact.value), drValue = drDocument.value(at: other.value)
            switch (fact.kind, other.kind) {
            case (.own, .own), (.name, .name), (.computed, .computed):
                let node = document.value(at: fact.value - 1).withDecodedBytes { root.child($0, at: Int(fact.place)) }
                // What a data source looked up is its own only when its id says so.
                if fact.kind == .computed, !node.flags.isComputedOnly, !(isOwnName(value, left) && isOwnName(drValue, right)) { continue }
                value.withDecodedBytes { a in
                    drValue.withDecodedBytes { readText(i, j, a, $0, primary.facts.symbols[position], dr.facts.symbols[drPosition], node: node) }
                }
            case (.tags, .tags):
                if let name = value["Name"] ?? value["name"], let drName = drValue["Name"] ?? drValue["name"], name.isString, drName.isString {
                    name.withDecodedBytes { a in drName.withDecodedBytes { lessons.names.observe(a, $0) } }
                }
            case (.block, .block):
                readInside(i, j, value, drValue, node: document.value(at: fact.value - 1).withDecodedBytes { root.child($0, at: Int(fact.place)) })
            default: break
            }
        }
    }

    private func isOwnName(_ value: JSONValue, _ attributes: JSONValue) -> Bool {
        value.withDecodedBytes { OwnTexts.isOwnName($0, id: attributes["id"], arn: attributes["arn"]) }
    }

    private mutating func readInside(_ i: Int, _ j: Int, _ left: JSONValue, _ right: JSONValue, node: AttributeNode) {
        if left.isString, right.isString {
            guard node.flags.isComputedOnly else { return }
            left.withDecodedBytes { a in
                right.withDecodedBytes { b in
                    if a.count >= 8, b.count >= 8, TextShape.isMachineMade(a), TextShape.isMachineMade(b) { readText(i, j, a, b, index.symbols.find(a), index.symbols.find(b), node: node) }
                }
            }
        } else if left.isArray, right.isArray, left.count == right.count {
            for (a, b) in zip(left.elements, right.elements) { readInside(i, j, a, b, node: node) }
        } else if left.isObject, right.isObject {
            var others = MemberSearch(right)
            var place = 0
            for member in left.members {
                if let other = others.next(member.key) {
                    readInside(i, j, member.value, other, node: member.key.value.withDecodedBytes { node.child($0, at: place) })
                }
                place += 1
            }
        }
    }

    /// Reads one pair of texts, unless the text is another instance's: a reference must not vouch for itself.
    private mutating func readText(_ i: Int, _ j: Int, _ a: ByteText, _ b: ByteText, _ symbol: Symbol, _ drSymbol: Symbol, node: AttributeNode) {
        guard symbol >= 0, drSymbol >= 0 else { return }
        if isAnothers(symbol, instance: i, side: primary, inDR: false, node: node) || isAnothers(drSymbol, instance: j, side: dr, inDR: true, node: node) { return }
        lessons.texts.append(PairLessons.Image(primary: symbol, dr: drSymbol, weight: node.role == .id || node.role == .arn ? 3 : 1))
        guard symbol != drSymbol else {
            if node.role == .name { lessons.names.observe(a, b) }
            return
        }
        if node.role == .name || !TextShape.isMachineMade(a) && !node.flags.isComputedOnly { lessons.names.observe(a, b) }
        readWords(a, b, isHost: node.flags.isComputedOnly && a.contains(UInt8(ascii: ".")) && b.contains(UInt8(ascii: ".")))
    }

    private func isAnothers(_ symbol: Symbol, instance: Int, side: Side, inDR: Bool, node: AttributeNode) -> Bool {
        let holder = index.holder(symbol, inDR: inDR)
        guard holder.isHeld, Int(holder.owner) != instance else { return false }
        return node.flags.isComputedOnly || side.depends(instance, on: Int(holder.owner))
    }

    /// Reads drawn-by-lot words inside two texts that correspond: the hash in an ARN, the label in a host name.
    ///
    /// - Parameter isHost: the texts are names that the provider gave; their labels need not look drawn.
    private mutating func readWords(_ a: ByteText, _ b: ByteText, isHost: Bool) {
        let count = Lexer.count(a)
        guard count > 1, count == Lexer.count(b) else { return }
        var left = Lexer(a), right = Lexer(b)
        while let x = left.next(), let y = right.next() {
            guard x.kind == .word, y.kind == .word else { continue }
            let p = a.part(x.range), d = b.part(y.range)
            guard p.count >= 6, d.count >= 6, !p.isEqual(to: d) else { continue }
            guard isHost && p.count >= 8 && d.count >= 8 || TextShape.isMachineMade(p) && TextShape.isMachineMade(d) else { continue }
            if RegionName.isRegion(p) || TextShape.isTwelveDigits(p) { continue }
            lessons.note(p, d)
        }
    }
}
