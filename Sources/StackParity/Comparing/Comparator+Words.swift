internal import ProviderSchema
extension Comparator {
    /// Leads the primary's text word by word to DR's. The reason names the weightiest replacement; nil when a word has none.
    ///
    /// - Parameter allowsPeers: words may also name each the other side.
    func align(_ a: ByteText, _ b: ByteText, _ node: AttributeNode, allowsPeers: Bool = true) -> ExpectedReason? {
        let left = Lexer.tokens(of: a), right = Lexer.tokens(of: b)
        var reason: ExpectedReason?
        var isPeer = false
        var i = 0
        var j = 0
        while i < left.count, j < right.count {
            let p = a.part(left[i].range), d = b.part(right[j].range)
            if p.isEqual(to: d) {
                i += 1
                j += 1
                continue
            }
            if let found = word(p, d, left[i].kind, right[j].kind) ?? (node.role == .prose ? role(p, d) : nil) {
                if found == .peer {
                    if !allowsPeers { return nil }
                    isPeer = true
                }
                reason = Self.weightier(reason, found)
                i += 1
                j += 1
            } else if let host = hosts(a, left, i, b, right, j) {
                (i, j) = (host.next, host.drNext)
                reason = Self.weightier(reason, host.reason)
            } else if right[j].kind == .word, isInserted(d) {
                // A token that only DR's names have, with the separator behind it.
                j += j + 1 < right.count && right[j + 1].kind == .separator ? 2 : 1
                reason = Self.weightier(reason, .name)
            } else if left[i].kind == .word, isRemoved(p) {
                i += i + 1 < left.count && left[i + 1].kind == .separator ? 2 : 1
                reason = Self.weightier(reason, .name)
            } else {
                return nil
            }
        }
        guard i == left.count, j == right.count, let reason else { return nil }
        if !isPeer, foreignInside(b, node) != nil || inMirror({ $0.foreignInside(a, node) }) != nil { return nil }
        return reason
    }

    private static func weightier(_ old: ExpectedReason?, _ new: ExpectedReason) -> ExpectedReason {
        let order: [ExpectedReason] = [.reference, .peer, .external, .cidr, .account, .zone, .region, .name]
        guard let old else { return new }
        return (order.firstIndex(of: new) ?? 99) < (order.firstIndex(of: old) ?? 99) ? new : old
    }

    private func isInserted(_ word: ByteText) -> Bool { context.learned.names.replaces([], by: word.map(\.lowered)) }
    private func isRemoved(_ word: ByteText) -> Bool { context.learned.names.replaces(word.map(\.lowered), by: []) }

    /// Why one word of the primary may stand where DR has another.
    private func word(_ p: ByteText, _ d: ByteText, _ kind: Lexer.Kind, _ drKind: Lexer.Kind) -> ExpectedReason? {
        guard kind == drKind else { return nil }
        if kind == .separator { return nil }
        if kind == .address {
            guard let left = NetworkAddress(p), let right = NetworkAddress(d) else { return nil }
            switch context.learned.networks.compare(left, right) {
            case .corresponds: return .cidr
            case .swapped: return .peer
            default: return nil
            }
        }
        let symbol = context.index.symbols.find(p), drSymbol = context.index.symbols.find(d)
        if context.learned.corresponds(symbol, drSymbol) { return .reference }
        let foreignHolder = context.index.holder(drSymbol, inDR: false), peerHolder = context.index.holder(symbol, inDR: true)
        if foreignHolder.isHeld, peerHolder.isHeld, context.table.dr(of: Int(foreignHolder.owner)) == Int(peerHolder.owner) { return .peer }
        // Two known ids that do not correspond are never excused by their letters.
        if symbol >= 0, drSymbol >= 0, TextShape.isMachineMade(p), TextShape.isMachineMade(d), context.index.holder(symbol, inDR: false).isFirm, context.index.holder(drSymbol, inDR: true).isFirm { return nil }
        return place(p, d) ?? (pieces(p, d) ? .name : nil)
    }

    /// Prose may say what a side is for: `production database`, `standby database`.
    private func role(_ p: ByteText, _ d: ByteText) -> ExpectedReason? {
        p.count >= 2 && d.count >= 2 && RoleWords.areOpposed(String(decoding: p, as: UTF8.self), String(decoding: d, as: UTF8.self)) ? .name : nil
    }

    /// Regions, zones and accounts.
    private func place(_ p: ByteText, _ d: ByteText) -> ExpectedReason? {
        if RegionName.isRegion(p), RegionName.isRegion(d) {
            let region = String(decoding: p, as: UTF8.self), drRegion = String(decoding: d, as: UTF8.self)
            if context.learned.regions.forward[region] == drRegion { return .region }
            // Scripts may well name, each for its side, regions in which neither stack stands.
            if isPacked, context.learned.regions.forward[region] == nil, context.learned.regions.backward[drRegion] == nil, region != context.learned.drRegion, drRegion != context.learned.primaryRegion { return .region }
            return region == context.learned.drRegion && drRegion == context.learned.primaryRegion ? .peer : nil
        }
        if let length = RegionName.regionLength(ofZone: p), let drLength = RegionName.regionLength(ofZone: d) {
            let zone = String(decoding: p, as: UTF8.self), drZone = String(decoding: d, as: UTF8.self)
            if context.learned.zones.forward[zone] == drZone { return .zone }
            if context.learned.zones.forward[zone] == nil, context.learned.zones.backward[drZone] == nil,
                context.learned.regions.forward[String(decoding: p.part(0..<length), as: UTF8.self)] == String(decoding: d.part(0..<drLength), as: UTF8.self) { return .zone }
            return nil
        }
        if TextShape.isTwelveDigits(p), TextShape.isTwelveDigits(d) {
            let account = String(decoding: p, as: UTF8.self), drAccount = String(decoding: d, as: UTF8.self)
            if context.learned.accounts.forward[account] == drAccount { return .account }
            return account == context.learned.drAccount && drAccount == context.learned.primaryAccount ? .peer : nil
        }
        return nil
    }

    // MARK: Pieces of words

    /// Whether `acme-prod-use1-db` turns into `acme-dr-usw2-db` by learned replacements alone.
    func pieces(_ p: ByteText, _ d: ByteText) -> Bool {
        guard p.count <= 400, d.count <= 400 else { return false }
        let left = Subtokens.pieces(of: p).filter { !$0.isSeparator }, right = Subtokens.pieces(of: d).filter { !$0.isSeparator }
        guard left.count <= 40, right.count <= 40, !left.isEmpty, !right.isEmpty else { return false }
        var failed = Set<Int>()
        let leftTokens = left.map { p.part($0.start..<$0.end).map(\.lowered) }, rightTokens = right.map { d.part($0.start..<$0.end).map(\.lowered) }
        return pieces(leftTokens, rightTokens, 0, 0, &failed)
    }

    private func pieces(_ left: [[UInt8]], _ right: [[UInt8]], _ i: Int, _ j: Int, _ failed: inout Set<Int>) -> Bool {
        if i == left.count, j == right.count { return true }
        if failed.contains(i << 8 | j) { return false }
        if i < left.count, j < right.count {
            if left[i] == right[j] || piece(left[i], right[j]), pieces(left, right, i + 1, j + 1, &failed) { return true }
        }
        for (rule, _) in context.learned.names.rules {
            let count = rule.primary.isEmpty ? 0 : rule.primary.count(where: { $0 == 32 }) + 1
            let drCount = rule.dr.isEmpty ? 0 : rule.dr.count(where: { $0 == 32 }) + 1
            guard i + count <= left.count, j + drCount <= right.count else { continue }
            guard count == 0 || Array(left[i..<(i + count)].joined(separator: [32])) == rule.primary else { continue }
            guard drCount == 0 || Array(right[j..<(j + drCount)].joined(separator: [32])) == rule.dr else { continue }
            if pieces(left, right, i + count, j + drCount, &failed) { return true }
        }
        failed.insert(i << 8 | j)
        return false
    }

    private func piece(_ p: [UInt8], _ d: [UInt8]) -> Bool {
        p.withUnsafeBufferPointer { a in
            d.withUnsafeBufferPointer { b in
                if context.learned.corresponds(context.index.symbols.find(a), context.index.symbols.find(b)) { return true }
                if place(a, b) != nil { return true }
                if a.count == 1, b.count == 1 {
                    return a[0].isLower && context.learned.zoneLetters.forward[String(decoding: a, as: UTF8.self)] == String(decoding: b, as: UTF8.self)
                }
                return isGrownTogether(p, d)
            }
        }
    }

    /// `dbuse1` → `dbusw2`: a learned token inside a longer one.
    private func isGrownTogether(_ p: [UInt8], _ d: [UInt8]) -> Bool {
        for (rule, _) in context.learned.names.rules where rule.primary.count >= 3 && rule.dr.count >= 2 && rule.primary.count < p.count && !rule.primary.contains(32) && !rule.dr.contains(32) {
            var start = 0
            while start + rule.primary.count <= p.count {
                if p[start..<(start + rule.primary.count)].elementsEqual(rule.primary) {
                    if Array(p[..<start] + rule.dr + p[(start + rule.primary.count)...]) == d { return true }
                }
                start += 1
            }
        }
        return false
    }
}
