internal import ProviderSchema
internal import StateJSON

extension Comparator {
    /// Shorter texts name nobody.
    static let shortestForeign = 5
    /// Texts up to this length are remembered by their hash.
    static let longestKnown = 4096

    /// Why DR's text belongs to the primary; nil when it does not.
    ///
    /// - Parameter isEqual: the primary has the very same text at this place.
    func foreign(_ text: ByteText, _ node: AttributeNode, isEqual: Bool) -> String? {
        guard text.count >= Self.shortestForeign else { return nil }
        switch node.role {
        case .tags, .allTags, .prose, .local: return nil
        default: break
        }
        if isEqual, isUnderSideKey { return nil }
        // The same words stand in thousands of places; what depends on the place is told by the strictest look.
        let isStrict = isEqual && !node.type.isRegionless && !isAtHomeOfPrimary
        let hash = isEqual && text.count <= Self.longestKnown ? text.mixedHash : 0
        if hash != 0, clean.contains(hash) { return nil }
        if let hit = owned(text, isEqual: isEqual) { return hit }
        if let hit = foreignInside(text, node, isEqual: isEqual) { return hit }
        if hash != 0, isStrict, !context.index.holder(context.index.symbols.find(text), inDR: false).isHeld { clean.insert(hash) }
        return nil
    }

    /// A text that as a whole is an object of the primary and of nobody in DR.
    private func owned(_ text: ByteText, isEqual: Bool) -> String? {
        let symbol = context.index.symbols.find(text)
        let holder = context.index.holder(symbol, inDR: false)
        guard holder.isHeld else { return nil }
        let drHolder = context.index.holder(symbol, inDR: true)
        if drHolder.isHeld, drHolder.isManaged || !holder.isManaged { return nil }
        let owner = Int(holder.owner)
        if owner == mine, isEqual { return nil }
        let type = context.primary.instances[owner].type
        if type.isGlobal {
            // One global object may serve both sides, unless DR has one of its own.
            guard let partner = context.table.dr(of: owner), context.learned.counterpart(of: symbol) != symbol, partner >= 0 else { return nil }
            guard drHolder.isHeld == false else { return nil }
        } else if drHolder.isHeld, !isInPrimaryRegion(text) {
            return nil
        }
        let counterpart = context.learned.counterpart(of: symbol)
        if counterpart == symbol { return nil }
        if !(holder.isFirm && TextShape.isMachineMade(text)) {
            // A plain name: only where the primary refers to its owner, or where the name itself says whose it is.
            guard counterpart >= 0, holder.isOwn || Subtokens.pieces(of: text).count >= 3 else { return nil }
            guard context.primary.depends(mine, on: owner) || hasPrimaryToken(text) else { return nil }
        }
        return "belongs to the primary's \(context.primary.address(of: owner))"
    }

    /// Why a text that both sides have is wrong on the primary: it is DR's, and the primary has its own.
    func belongsToDR(_ text: ByteText, _ node: AttributeNode) -> String? {
        guard node.role == .plain else { return nil }
        return inMirror { $0.foreign(text, node, isEqual: true) }.map { "the primary's value " + Self.mirrored($0) }
    }

    private static func mirrored(_ reason: String) -> String {
        reason.replacing("the primary's", with: "DR's").replacing("for which DR has", with: "for which the primary has")
    }

    private func isInPrimaryRegion(_ text: ByteText) -> Bool {
        guard TextShape.isARN(text), context.learned.primaryRegion != context.learned.drRegion else { return false }
        let fields = text.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
        return fields.count == 6 && fields[3].elementsEqual(context.learned.primaryRegion.utf8)
    }

    private func hasPrimaryToken(_ text: ByteText) -> Bool {
        Subtokens.pieces(of: text).contains { !$0.isSeparator && context.learned.names.isPrimaryOnly(text.part($0.start..<$0.end)) }
    }

    // MARK: Parts of texts

    /// Why a part of DR's text belongs to the primary.
    func foreignInside(_ text: ByteText, _ node: AttributeNode, isEqual: Bool = false) -> String? {
        if let address = NetworkAddress(text) { return foreignNetwork(address) }
        let regionsDiffer = !context.learned.primaryRegion.isEmpty && !context.learned.drRegion.isEmpty && context.learned.primaryRegion != context.learned.drRegion && !isAtHomeOfPrimary
        if regionsDiffer, !node.type.isRegionless {
            if text.count == context.learned.primaryRegion.utf8.count, text.elementsEqual(context.learned.primaryRegion.utf8) { return "names the primary's region \(context.learned.primaryRegion)" }
            if isEqual, let length = RegionName.regionLength(ofZone: text), text.part(0..<length).elementsEqual(context.learned.primaryRegion.utf8) { return "names a zone of the primary's region" }
        }
        var hasBreak = false
        for byte in text where !byte.isWord {
            hasBreak = true
            break
        }
        guard hasBreak, text.count >= 8, text[0] != UInt8(ascii: "{"), text[0] != UInt8(ascii: "[") else { return nil }
        if TextShape.isARN(text) { return foreignARN(text, regionsDiffer: regionsDiffer && !node.type.isRegionless, isEqual: isEqual) }
        return foreignChunks(text, node, regionsDiffer: regionsDiffer && !node.type.isRegionless, isEqual: isEqual)
    }

    private func foreignNetwork(_ address: NetworkAddress) -> String? {
        guard let home = context.learned.networks.inPrimary(address), context.learned.networks.inDR(address) == nil else { return nil }
        return "lies in the primary's network \(home.primary.text), for which DR has \(home.dr.text)"
    }

    private func foreignARN(_ text: ByteText, regionsDiffer: Bool, isEqual: Bool) -> String? {
        // arn:…:thing/name/* belongs to whom arn:…:thing/name belongs.
        var end = text.count
        for _ in 0..<4 {
            guard let cut = text.part(0..<end).lastIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }), cut > 12 else { break }
            end = cut
            if let hit = owned(text.part(0..<end), isEqual: false) { return hit }
            let symbol = context.index.symbols.find(text.part(0..<end))
            if context.index.holder(symbol, inDR: true).isHeld { return nil }
        }
        let fields = text.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
        guard fields.count == 6 else { return nil }
        if regionsDiffer, fields[3].elementsEqual(context.learned.primaryRegion.utf8) { return "is in the primary's region \(context.learned.primaryRegion)" }
        if isEqual || !fields[3].elementsEqual(context.learned.drRegion.utf8), hasPrimaryToken(ByteText(rebasing: fields[5])) {
            let service = fields[2]
            // A name that the primary's object carries and DR's too is nobody's giveaway.
            if !service.elementsEqual("iam".utf8) || isEqual { return "still holds the primary's name token" }
        }
        return nil
    }

    private func foreignChunks(_ text: ByteText, _ node: AttributeNode, regionsDiffer: Bool, isEqual: Bool) -> String? {
        var start = 0
        for at in 0...text.count {
            if at < text.count, !Self.isBreak(text[at]) { continue }
            defer { start = at + 1 }
            guard at - start >= 7 else { continue }
            let chunk = text.part(start..<at)
            if start > 0 || at < text.count {
                if TextShape.isMachineMade(chunk) || context.index.symbols.find(chunk) >= 0 && hasPrimaryToken(chunk), let hit = owned(chunk, isEqual: false) { return hit }
                if chunk[0].isDigit, let address = NetworkAddress(chunk), let hit = foreignNetwork(address) { return hit }
                if regionsDiffer, chunk.elementsEqual(context.learned.primaryRegion.utf8), isRegionSetting(text, at: start) { return "\(Self.regionSetting), \(context.learned.primaryRegion)" }
            }
            if regionsDiffer, isHost(chunk), holdsPrimaryRegion(chunk) { return "is in the primary's region \(context.learned.primaryRegion)" }
            if isEqual && isHost(chunk) && hasPrimaryToken(chunk) || holdsPrimaryPlace(chunk, in: text) { return "still holds the primary's name token" }
        }
        // ARNs inside longer texts.
        var at = 0
        while at + 12 < text.count {
            if text[at] == UInt8(ascii: "a"), text[at + 1] == UInt8(ascii: "r"), text[at + 2] == UInt8(ascii: "n"), text[at + 3] == UInt8(ascii: ":") {
                var end = at
                while end < text.count, !Self.endsARN(text[end]) { end += 1 }
                let arn = text.part(at..<end)
                if TextShape.isARN(arn), at > 0 || end < text.count {
                    if let hit = owned(arn, isEqual: false) ?? foreignARN(arn, regionsDiffer: regionsDiffer, isEqual: isEqual) { return hit }
                }
                at = max(end, at + 4)
            } else {
                at += 1
            }
        }
        return nil
    }

    static func isBreak(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "?"), UInt8(ascii: "&"): true
        default: false
        }
    }

    private static func endsARN(_ byte: UInt8) -> Bool {
        byte <= 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    func isHost(_ chunk: ByteText) -> Bool { chunk.ends(with: ".amazonaws.com") || chunk.ends(with: ".amazonaws.com.cn") || chunk.ends(with: ".on.aws") }

    private func holdsPrimaryRegion(_ chunk: ByteText) -> Bool {
        chunk.split(separator: UInt8(ascii: ".")).contains { $0.elementsEqual(context.learned.primaryRegion.utf8) }
    }
}
