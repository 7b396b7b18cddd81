internal import ProviderSchema
internal import StateJSON

extension Comparator {
    enum Verdict {
        case same
        case expected(ExpectedReason)
        case differs(FindingClass, String, Difference.External?)
    }

    mutating func compareStrings(_ left: JSONValue, _ right: JSONValue, _ node: AttributeNode) {
        left.withDecodedBytes { a in
            right.withDecodedBytes { b in
                // A document is never judged as one text: what it names stands inside.
                if a.count > 2, b.count > 2, a[0] == UInt8(ascii: "{") || a[0] == UInt8(ascii: "["), compareEmbedded(a, b, node) { return }
                switch judge(a, b, node) {
                case .same:
                    if a.count >= 24, TextShape.isBase64(a) { _ = compareEmbedded(a, b, node) }
                case .expected(let reason):
                    // Packed text looks like an id drawn by lot.
                    if reason == .external, a.count >= 16, compareEmbedded(a, b, node) { return }
                    expect(reason)
                    if reason == .external { noteExternal(a, b) }
                case .differs(let findingClass, let detail, let external):
                    if compareEmbedded(a, b, node) { return }
                    differ(findingClass, left, right, node, detail, external: external)
                }
            }
        }
    }

    /// What two texts at the same place mean to each other.
    func judge(_ a: ByteText, _ b: ByteText, _ node: AttributeNode) -> Verdict {
        if a.isEqual(to: b) {
            if isKnownClean(a) { return .same }
            if let hit = foreign(b, node, isEqual: true) { return isListedWithCounterpart(b, node) ? .expected(.peer) : .differs(.namesThePrimary, hit, nil) }
            if let hit = belongsToDR(b, node) { return isListedWithOriginal(b, node) ? .expected(.peer) : .differs(.wrongReference, hit, nil) }
            return .same
        }
        let symbol = context.index.symbols.find(a), drSymbol = context.index.symbols.find(b)
        if context.learned.corresponds(symbol, drSymbol) { return .expected(.reference) }
        let holder = context.index.holder(symbol, inDR: false), drHolder = context.index.holder(drSymbol, inDR: true)
        let foreignHolder = context.index.holder(drSymbol, inDR: false), peerHolder = context.index.holder(symbol, inDR: true)
        if foreignHolder.isHeld, peerHolder.isHeld, context.table.dr(of: Int(foreignHolder.owner)) == Int(peerHolder.owner) { return .expected(.peer) }
        // Peering: each side names the other's network.
        if let left = NetworkAddress(a), let right = NetworkAddress(b), context.learned.networks.compare(left, right) == .swapped { return .expected(.peer) }
        if let hit = foreign(b, node, isEqual: false) { return namesPeer(a, b, node) ? .expected(.peer) : .differs(.namesThePrimary, hit, nil) }
        if holder.isHeld, drHolder.isHeld, holder.isFirm, drHolder.isFirm, TextShape.isMachineMade(a), TextShape.isMachineMade(b) {
            if context.table.dr(of: Int(holder.owner)) == Int(drHolder.owner) { return .expected(.reference) }
            return .differs(.wrongReference, wrongReference(holder, drHolder), nil)
        }
        if a.isEmpty || b.isEmpty {
            let full = a.isEmpty ? b : a
            if full.isEqual(to: "0") || full.isEqual(to: "false") { return .expected(.empty) }
            if node.flags.contains(.computed), TextShape.isShortID(full) { return .expected(.computed) }
            return .differs(.changed, a.isEmpty ? "the primary has none" : "DR has none", nil)
        }
        if let verdict = judgeAddress(a, b, node) { return verdict }
        if node.role == .counter, Self.isCount(a), Self.isCount(b) { return .expected(.counter) }
        if let reason = align(a, b, node) {
            return .expected(reason)
        }
        if let verdict = judgeZone(a, b, node) { return verdict }
        if holder.isHeld, drHolder.isHeld, holder.owner != Int32(mine), drHolder.owner != Int32(other), context.primary.depends(mine, on: Int(holder.owner)) {
            return .differs(.wrongReference, wrongReference(holder, drHolder), nil)
        }
        if TextShape.isTimestamp(a), TextShape.isTimestamp(b) { return .expected(.time) }
        if node.flags.contains(.computed), TextShape.isTimeWindow(a), TextShape.isTimeWindow(b), !(TextShape.isRoundWindow(a) && TextShape.isRoundWindow(b)) { return .expected(.computed) }
        if TextShape.isDigest(a), TextShape.isDigest(b), a.count == b.count {
            // What starts a replacement is made of ids of its own side.
            if node.path.hasPrefix("triggers") || node.path.hasPrefix("keepers") { return .expected(.computed) }
            return .differs(.opaque, "two digests differ; what they were made from is not in the states", nil)
        }
        if a.count >= 40, b.count >= 40, TextShape.isBase64(a), TextShape.isBase64(b), Base64Text.decode(a) == nil, Base64Text.decode(b) == nil {
            return .differs(.opaque, "two packed texts differ; what is in them cannot be compared", nil)
        }
        // What DR's state does not have, and the object that DR lacks: told once, where it is missing.
        if holder.isHeld, !drHolder.isHeld, context.table.dr(of: Int(holder.owner)) == nil, holder.isFirm, case .expected? = external(a, b, node) { return .expected(.reference) }
        if drHolder.isHeld, !holder.isHeld, context.table.ofDR[Int(drHolder.owner)] == nil, drHolder.isFirm, case .expected? = external(a, b, node) { return .expected(.reference) }
        if !holder.isHeld, !drHolder.isHeld, let external = external(a, b, node) { return external }
        return .differs(.changed, "differs", nil)
    }

    /// Whether a text was found before to name nothing of either side's, by the strictest look.
    func isKnownClean(_ text: ByteText) -> Bool {
        if text.count < Self.shortestForeign { return true }
        guard text.count <= Self.longestKnown, let theirs = mirror?.view.clean else { return false }
        let hash = text.mixedHash
        return clean.contains(hash) && theirs.contains(hash)
    }

    private func wrongReference(_ holder: IdentityIndex.Holder, _ drHolder: IdentityIndex.Holder) -> String {
        let wanted = context.table.dr(of: Int(holder.owner)).map { "the counterpart of \(context.primary.address(of: Int(holder.owner))) is \(context.dr.address(of: $0))" }
            ?? "\(context.primary.address(of: Int(holder.owner))) has no counterpart in DR"
        return "points to \(context.dr.address(of: Int(drHolder.owner))), but \(wanted)"
    }

    // MARK: Addresses and zones

    private func judgeAddress(_ a: ByteText, _ b: ByteText, _ node: AttributeNode) -> Verdict? {
        guard let left = NetworkAddress(a), let right = NetworkAddress(b) else { return nil }
        switch context.learned.networks.compare(left, right) {
        case .corresponds: return .expected(.cidr)
        case .swapped: return .expected(.peer)
        case .sameNetwork where !left.isRange && (node.flags.contains(.computed) || node.type.schema == nil): return .expected(.cidr)
        case .sameNetwork: return .differs(.changed, "another offset in the corresponding network", nil)
        case .different:
            if node.flags.contains(.computed), !left.isRange && !right.isRange || left.isLinkLocal && right.isLinkLocal { return .expected(.computed) }
            return .differs(.changed, "no correspondence between the two networks", nil)
        }
    }

    private func judgeZone(_ a: ByteText, _ b: ByteText, _ node: AttributeNode) -> Verdict? {
        if RegionName.isZoneID(a), RegionName.isZoneID(b) { return .expected(.zone) }
        guard RegionName.regionLength(ofZone: a) != nil, let drLength = RegionName.regionLength(ofZone: b) else { return nil }
        let zone = String(decoding: a, as: UTF8.self), drZone = String(decoding: b, as: UTF8.self)
        if context.learned.zones.forward[zone] == drZone { return .expected(.zone) }
        let drRegion = String(decoding: b.part(0..<drLength), as: UTF8.self)
        guard drRegion == context.learned.drRegion || context.learned.drRegion.isEmpty || context.learned.regions.backward[drRegion] != nil else {
            return .differs(.changed, "not a zone of DR's region \(context.learned.drRegion)", nil)
        }
        let type = context.primary.instances[mine].type.name
        if type.hasSuffix("_subnet") {
            if let taken = context.learned.zones.backward[drZone] {
                return .differs(.changed, "zone \(drZone) already stands for \(taken): two zones of the primary fall on one", nil)
            }
            return .expected(.zone)
        }
        // What a subnet or subnet group places needs no zone of its own.
        let attributes = context.primary.instances[mine].attributes
        for name: StaticString in ["subnet_id", "subnet_ids", "subnets", "vpc_zone_identifier", "db_subnet_group_name", "subnet_group_name", "cluster_subnet_group_name"] {
            if let value = attributes?[name], !Self.isEmpty(value) { return .expected(.zone) }
        }
        if let wanted = context.learned.zones.forward[zone], context.learned.zones.backward[drZone] != nil { return .differs(.changed, "zone \(zone) stands for \(wanted) elsewhere", nil) }
        return .expected(.zone)
    }

    // MARK: Ids of neither state

    private func external(_ a: ByteText, _ b: ByteText, _ node: AttributeNode) -> Verdict? {
        if TextShape.isARN(a), TextShape.isARN(b) {
            let left = a.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
            let right = b.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
            guard left.count == 6, right.count == 6, left[2].elementsEqual(right[2]), !left[3].elementsEqual(right[3]) else { return nil }
            guard hasSameShape(ByteText(rebasing: left[5]), ByteText(rebasing: right[5])) else { return nil }
            let region = String(decoding: left[3], as: UTF8.self), drRegion = String(decoding: right[3], as: UTF8.self)
            return context.learned.regions.forward[region] == drRegion ? .expected(.external) : nil
        }
        guard a.count == b.count, hasSameShape(a, b) else { return nil }
        // Ids of objects elsewhere must differ between regions. Images and snapshots are content: two may be unlike.
        if !a.starts(with: "ami-"), !a.starts(with: "snap-") { return .expected(.external) }
        let pair = Difference.External(primary: String(decoding: a, as: UTF8.self), dr: String(decoding: b, as: UTF8.self))
        return .differs(.changed, "ids of neither state: whether both have the same content cannot be told", pair)
    }

    /// Remembers which unknown id stands where for which: the same one should always have the same counterpart.
    private mutating func noteExternal(_ a: ByteText, _ b: ByteText) {
        guard embedding == 0 else { return }
        // Members of a set were paired by chance.
        if case .index = steps.last { return }
        externalUses.append(ExternalUse(ids: .init(primary: String(decoding: a, as: UTF8.self), dr: String(decoding: b, as: UTF8.self)), path: pathText))
    }

    /// Same words, but for parts that were drawn by lot.
    private func hasSameShape(_ a: ByteText, _ b: ByteText) -> Bool {
        let left = Subtokens.pieces(of: a), right = Subtokens.pieces(of: b)
        guard left.count == right.count else { return false }
        var isDrawn = false
        for (x, y) in zip(left, right) {
            let p = a.part(x.start..<x.end), d = b.part(y.start..<y.end)
            // A side's own word may stand beside what was drawn: targetgroup/orders-dr/6ca0845b2d32616a.
            if p.isEqual(to: d) || context.learned.names.replaces(p.map(\.lowered), by: d.map(\.lowered)) { continue }
            guard p.count == d.count, p.count >= 4, p.allSatisfy(\.isHex) && d.allSatisfy(\.isHex) || TextShape.isRandom(p) && TextShape.isRandom(d) else { return false }
            // A short number alone may be a date, a version or a size.
            isDrawn = isDrawn || p.count > 10 || !p.allSatisfy(\.isDigit) || !d.allSatisfy(\.isDigit)
        }
        return isDrawn && (TextShape.isMachineMade(a) && TextShape.isMachineMade(b))
    }

    // MARK: Documents inside texts

    /// Compares JSON inside a string, or text inside base64. False when the texts are neither.
    private mutating func compareEmbedded(_ a: ByteText, _ b: ByteText, _ node: AttributeNode) -> Bool {
        guard embedding < 3, a.count >= 2, b.count >= 2 else { return false }
        if a[0] == UInt8(ascii: "{") || a[0] == UInt8(ascii: "["), b[0] == a[0] {
            guard let left = try? JSONDocument(parsing: StateBytes(a)), let right = try? JSONDocument(parsing: StateBytes(b)) else { return false }
            embedding += 1
            wholes.append((left.root, right.root))
            compareValues(left.root, right.root, node)
            wholes.removeLast()
            embedding -= 1
            return true
        }
        guard a.count >= 12, TextShape.isBase64(a), TextShape.isBase64(b), let left = Base64Text.decode(a), let right = Base64Text.decode(b) else { return false }
        embedding += 1
        isPacked = true
        defer {
            embedding -= 1
            isPacked = false
        }
        left.withUnsafeBufferPointer { x in
            right.withUnsafeBufferPointer { y in
                switch judge(x, y, node) {
                case .same: break
                case .expected(let reason): expect(reason)
                case .differs(let findingClass, let detail, _):
                    if compareEmbedded(x, y, node) { return }
                    differ(findingClass, .text(Self.clipped(x)), .text(Self.clipped(y)), node, detail + " (decoded from base64)")
                }
            }
        }
        return true
    }

    private static func clipped(_ text: ByteText) -> String {
        String(decoding: text.prefix(DriftValue.longest), as: UTF8.self) + (text.count > DriftValue.longest ? "…" : "")
    }
}
