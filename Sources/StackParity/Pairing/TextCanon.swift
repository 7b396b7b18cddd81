internal import TerraformState

/// Writes texts of both sides in one form: what corresponds reads the same.
struct TextCanon {
    let learned: Correspondences
    let index: IdentityIndex

    func primary(_ text: String) -> String { canon(text, isDR: false) }
    func dr(_ text: String) -> String { canon(text, isDR: true) }

    func primaryKey(_ key: IndexKey) -> String {
        if case .string(let text) = key { return "\"" + canon(text, isDR: false) } else { return key.description }
    }
    func drKey(_ key: IndexKey) -> String {
        if case .string(let text) = key { return "\"" + canon(text, isDR: true) } else { return key.description }
    }

    /// The primary's text is led over to DR's words; DR's text stays, but for tokens that only its side has.
    private func canon(_ text: String, isDR: Bool) -> String {
        if text.isEmpty { return text }
        var copy = text
        return copy.withUTF8 { bytes -> String in
            if !isDR {
                let symbol = index.symbols.find(bytes)
                let other = learned.counterpart(of: symbol)
                if other >= 0 { return canon(index.symbols.string(of: other), isDR: true) }
                if bytes[0].isDigit || bytes.contains(UInt8(ascii: ":")), let address = NetworkAddress(bytes), let home = learned.networks.inPrimary(address) {
                    return "\(address.moved(from: home.primary, to: home.dr).bits)/\(address.length)"
                }
            } else if bytes[0].isDigit || bytes.contains(UInt8(ascii: ":")), let address = NetworkAddress(bytes), learned.networks.inDR(address) != nil {
                return "\(address.bits)/\(address.length)"
            }
            return tokens(bytes, isDR: isDR)
        }
    }

    private func tokens(_ text: ByteText, isDR: Bool) -> String {
        var tokens: [[UInt8]] = []
        for piece in Subtokens.pieces(of: text) where !piece.isSeparator {
            var token = text.part(piece.start..<piece.end).map(\.lowered)
            let name = String(decoding: token, as: UTF8.self)
            if isDR {
                if learned.zones.backward[name] != nil || learned.regions.backward[name] != nil { tokens.append(token); continue }
            } else if let zone = learned.zones.forward[name] ?? learned.regions.forward[name] {
                token = Array(zone.utf8)
            } else if token.count == 1, let letter = learned.zoneLetters.forward[name] {
                token = Array(letter.utf8)
            }
            tokens.append(token)
        }
        for (rule, _) in learned.names.rules {
            let from = isDR ? rule.dr : rule.primary
            guard !from.isEmpty else { continue }
            // A replaced token reads like DR's; an inserted one is left out on its side.
            let to = rule.primary.isEmpty || rule.dr.isEmpty ? [] : rule.dr
            if isDR && !rule.primary.isEmpty { continue }
            replace(from.split(separator: 32).map(Array.init), by: to.isEmpty ? [] : to.split(separator: 32).map(Array.init), in: &tokens)
        }
        return String(decoding: Array(tokens.joined(separator: [UInt8(ascii: "-")])), as: UTF8.self)
    }

    private func replace(_ from: [[UInt8]], by to: [[UInt8]], in tokens: inout [[UInt8]]) {
        guard !from.isEmpty, tokens.count >= from.count, tokens.count > from.count || !to.isEmpty else { return }
        for start in 0...(tokens.count - from.count) where tokens[start..<(start + from.count)].elementsEqual(from) {
            tokens.replaceSubrange(start..<(start + from.count), with: to)
            return
        }
    }
}
