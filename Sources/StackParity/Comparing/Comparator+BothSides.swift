internal import StateJSON

/// Texts that name the other side by design: each side names its peer, or both sides list both.
extension Comparator {
    /// Whether each side names the other: DR's text is the one that the primary's side calls its own, and the primary's is
    /// what DR calls it.
    func namesPeer(_ a: ByteText, _ b: ByteText, _ node: AttributeNode) -> Bool {
        align(b, a, node, allowsPeers: false) != nil
    }

    /// Whether a text of the primary's that DR has too stands beside its own counterpart on both sides: a list of both
    /// regions, both networks, both keys is neutral.
    func isListedWithCounterpart(_ text: ByteText, _ node: AttributeNode) -> Bool {
        guard let whole = wholes.last, !whole.left.isScalar, !whole.right.isScalar else { return false }
        return holds(whole.left) { leaf in self.leads(text, to: leaf, node) && self.holds(whole.right) { $0.isEqual(to: leaf) } }
    }

    /// The same from the other side: a text of DR's that the primary has too, beside the primary's own.
    func isListedWithOriginal(_ text: ByteText, _ node: AttributeNode) -> Bool {
        guard let whole = wholes.last, !whole.left.isScalar, !whole.right.isScalar else { return false }
        return holds(whole.left) { leaf in self.leads(leaf, to: text, node) && self.holds(whole.right) { $0.isEqual(to: leaf) } }
    }

    private func leads(_ a: ByteText, to b: ByteText, _ node: AttributeNode) -> Bool {
        if a.isEqual(to: b) || a.count < 3 || b.count < 3 { return false }
        if context.learned.corresponds(context.index.symbols.find(a), context.index.symbols.find(b)) { return true }
        return align(a, b, node, allowsPeers: false) != nil
    }

    private func holds(_ value: JSONValue, _ isWanted: (ByteText) -> Bool) -> Bool {
        if value.isString { return value.withDecodedBytes(isWanted) }
        if value.isArray { return value.elements.contains { holds($0, isWanted) } }
        return value.isObject && value.members.contains { holds($0.value, isWanted) }
    }

    // MARK: Lists that lack what the whole side lacks

    /// The objects that the other side lacks as a whole and to which a member of a list belongs.
    func aloneOwners(of value: JSONValue, inDR: Bool) -> [Int] {
        guard value.isString else { return [] }
        return value.withDecodedBytes { text in
            let holder = context.index.holder(context.index.symbols.find(text), inDR: inDR)
            if holder.isHeld, holder.isFirm, holder.isManaged { return isAlone(Int(holder.owner), inDR: inDR) ? [Int(holder.owner)] : [] }
            return RegionName.regionLength(ofZone: text) == nil ? [] : aloneSubnets(in: text, inDR: inDR)
        }
    }

    private func isAlone(_ owner: Int, inDR: Bool) -> Bool {
        inDR ? context.table.ofDR[owner] == nil : context.table.dr(of: owner) == nil
    }

    /// Subnets in a zone for which the other side has none.
    private func aloneSubnets(in zone: ByteText, inDR: Bool) -> [Int] {
        let name = String(decoding: zone, as: UTF8.self)
        guard (inDR ? context.learned.zones.backward[name] : context.learned.zones.forward[name]) == nil else { return [] }
        let side = inDR ? context.dr : context.primary
        return side.instances.indices.filter { position in
            side.instances[position].type.name.hasSuffix("_subnet") && isAlone(position, inDR: inDR) && side.instances[position].attributes?["availability_zone"]?.equals(name) == true
        }
    }
}
