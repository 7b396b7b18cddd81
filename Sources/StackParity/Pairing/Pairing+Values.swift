internal import ProviderSchema
internal import StateJSON
internal import TerraformState

/// Steps that use what was learned from the first pairs.
extension Pairing {
    /// Names and keys that differ only by learned tokens, regions, networks or ids.
    mutating func byToken(_ texts: TextCanon) {
        let modules = moduleNames
        join(.token, 0.93, { pairing, index in
            let resource = pairing.primary.resource(of: index)
            return pairing.addressKey(texts.primary(Self.mapped(resource.module, modules)), resource.type.name, texts.primary(resource.name), pairing.primary.instances[index].key.map { texts.primaryKey($0) })
        }, { pairing, index in
            let resource = pairing.dr.resource(of: index)
            return pairing.addressKey(texts.dr(resource.module), resource.type.name, texts.dr(resource.name), pairing.dr.instances[index].key.map { texts.drKey($0) })
        })
    }

    private func addressKey(_ module: String, _ type: String, _ name: String, _ key: String?) -> String {
        "\(module)\u{0}\(type)\u{0}\(name)\u{0}\(key ?? "")"
    }

    /// Objects of one type whose own names correspond.
    mutating func byName(_ texts: TextCanon) {
        join(.name, 0.85, { pairing, index in
            Self.ownName(pairing.primary.instances[index]).map { "\(pairing.primary.instances[index].type.name)\u{0}\(texts.primary($0))" }
        }, { pairing, index in
            Self.ownName(pairing.dr.instances[index]).map { "\(pairing.dr.instances[index].type.name)\u{0}\(texts.dr($0))" }
        })
    }

    private static func ownName(_ instance: Side.Instance) -> String? {
        guard !instance.isData, let attributes = instance.attributes else { return nil }
        for name: StaticString in ["name", "bucket", "identifier", "cluster_identifier", "function_name", "alarm_name", "family", "key_name"] {
            if let text = attributes[name]?.string, !text.isEmpty { return text }
        }
        return attributes["tags"]?["Name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Objects of one type that stand at the same place among paired objects.
    mutating func byPosition(_ index: IdentityIndex, _ texts: TextCanon) {
        for round in 0..<6 {
            let before = table.count
            resourcePartners = [:]
            for (a, b) in table.pairs { resourcePartners[primary.instances[a].resource, default: []].insert(dr.instances[b].resource) }
            for usesContent in [true, false] {
                let left = signatures(primary, inDR: false, usesContent: usesContent, index, texts)
                let right = signatures(dr, inDR: true, usesContent: usesContent, index, texts)
                for (signature, mine) in left {
                    guard let others = right[signature] else { continue }
                    if mine.count == 1, others.count == 1 {
                        if mayStandForEachOther(mine[0], others[0]) { table.join(mine[0], others[0], .position, usesContent ? 0.8 : 0.6) }
                    } else if usesContent, mine.count == others.count {
                        // Nothing tells them apart, so any order compares alike.
                        for (a, b) in zip(mine.sorted { primary.address(of: $0) < primary.address(of: $1) }, others.sorted { dr.address(of: $0) < dr.address(of: $1) })
                        where mayStandForEachOther(a, b) {
                            table.join(a, b, .position, 0.5)
                        }
                    } else if round == 5 || table.count == before, !usesContent, mine.count * others.count > 1 {
                        noteAmbiguity(mine, others)
                    }
                }
            }
            if table.count == before { break }
        }
    }

    private mutating func noteAmbiguity(_ mine: [Int], _ others: [Int]) {
        let free = mine.filter { a in table.ofPrimary[a] == nil && others.contains { table.ofDR[$0] == nil && mayStandForEachOther(a, $0) } }
        let freeOthers = others.filter { b in table.ofDR[b] == nil && free.contains { mayStandForEachOther($0, b) } }
        guard !free.isEmpty, !freeOthers.isEmpty else { return }
        if !ambiguous.contains(where: { $0.primary == free && $0.dr == freeOthers }) { ambiguous.append((free, freeOthers)) }
    }

    /// Two instances of one resource whose keys were chosen by a person are what the keys say: `mail` is not `mailer`.
    private func mayStandForEachOther(_ a: Int, _ b: Int) -> Bool {
        let left = primary.resource(of: a), right = dr.resource(of: b)
        let isSameResource = left.name == right.name && Self.mapped(left.module, moduleNames) == right.module
            || resourcePartners[primary.instances[a].resource]?.contains(dr.instances[b].resource) == true
        guard isSameResource, case .string = primary.instances[a].key else { return true }
        return false
    }

    /// What an object refers to, and with `usesContent` how it is configured.
    private func signatures(_ side: Side, inDR: Bool, usesContent: Bool, _ index: IdentityIndex, _ texts: TextCanon) -> [UInt64: [Int]] {
        let trees = AttributeTrees()
        var groups: [UInt64: [Int]] = [:]
        for position in side.instances.indices where inDR ? table.ofDR[position] == nil : table.ofPrimary[position] == nil {
            let instance = side.instances[position]
            guard !instance.isData, let attributes = instance.attributes else { continue }
            var hash = UInt64(bitPattern: Int64(instance.type.index)) &* 0x9E37_79B9_7F4A_7C15
            if keepsMembers { hash ^= UInt64(truncatingIfNeeded: instance.member) &* 0xD6E8_FEB8_6659_FD93 }
            var references = 0
            var place = 0
            for member in attributes.members {
                defer { place += 1 }
                let node = member.key.value.withDecodedBytes { trees.root(of: instance.type).child($0, at: place) }
                if node.role == .id || node.role == .arn || node.role == .tags || node.role == .allTags || node.flags.isComputedOnly || node.role == .mirror { continue }
                var part: UInt64 = 0
                visitStrings(member.value) { value in
                    value.withDecodedBytes { text in
                        let holder = index.holder(index.symbols.find(text), inDR: inDR)
                        if holder.isHeld, Int(holder.owner) != position {
                            let other = inDR ? (table.ofDR[Int(holder.owner)] != nil ? Int(holder.owner) : nil) : table.dr(of: Int(holder.owner))
                            if let other {
                                references += 1
                                part = part &+ (UInt64(other) &+ 1) &* 0xBF58_476D_1CE4_E5B9
                            }
                        } else if usesContent, node.role != .name, text.count > 0 {
                            var canon = inDR ? texts.dr(String(decoding: text, as: UTF8.self)) : texts.primary(String(decoding: text, as: UTF8.self))
                            part = part &+ canon.withUTF8 { $0.mixedHash }
                        }
                    }
                }
                if usesContent, member.value.isScalar, !member.value.isString, !member.value.isNull { part = part &+ member.value.withRawBytes { $0.mixedHash } }
                if part != 0 { hash = hash &+ (part ^ (node.path.hashValueStable &* 31)) &* 0x94D0_49BB_1331_11EB }
            }
            if references > 0 || usesContent { groups[hash, default: []].append(position) }
        }
        return groups
    }

    private func visitStrings(_ value: JSONValue, _ body: (JSONValue) -> Void) {
        if value.isString {
            body(value)
        } else if value.isArray {
            for element in value.elements { visitStrings(element, body) }
        } else if value.isObject {
            for member in value.members { visitStrings(member.value, body) }
        }
    }
}

extension String {
    fileprivate var hashValueStable: UInt64 {
        var copy = self
        return copy.withUTF8 { $0.mixedHash }
    }
}
