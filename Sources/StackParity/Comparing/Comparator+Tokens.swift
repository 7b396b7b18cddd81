internal import StateJSON

/// Parts of longer texts that only the primary would write: its place's code in a host or a path, its region in a setting.
extension Comparator {
    static let regionSetting = "sets the region to the primary's"

    /// Whether a part of a longer text holds a code that stands for the primary's place: `orders.use1.example.com` in DR.
    ///
    /// Words such as `prod` may stand in names that both sides share; the code of a place may not. Where DR's form of the
    /// same part stands in the text too, both places are listed.
    func holdsPrimaryPlace(_ chunk: ByteText, in text: ByteText) -> Bool {
        let pieces = Subtokens.pieces(of: chunk).filter { !$0.isSeparator }
        guard pieces.count >= 2 else { return false }
        let isHeld = pieces.contains { piece in
            let token = chunk.part(piece.start..<piece.end)
            return context.learned.names.isPrimaryOnly(token) && !RoleWords.tellSides(String(decoding: token, as: UTF8.self))
        }
        return isHeld && !hasDRForm(of: chunk, in: text)
    }

    private func hasDRForm(of chunk: ByteText, in text: ByteText) -> Bool {
        var start = 0
        for at in 0...text.count {
            if at < text.count, !Self.isBreak(text[at]) { continue }
            defer { start = at + 1 }
            let other = text.part(start..<at)
            if other.count >= 3, !other.isEqual(to: chunk), pieces(chunk, other) { return true }
        }
        return false
    }

    /// Whether the word at `start` is what a setting called region is set to: `AWS_REGION=`, `--region `, `region: "`.
    ///
    /// A setting that says whose region it is (`SOURCE_REGION`, `peer_region`) may well name the other side's.
    func isRegionSetting(_ text: ByteText, at start: Int) -> Bool {
        var at = start
        while at > 0, Self.isGap(text[at - 1]) { at -= 1 }
        guard at < start, start - at <= 6 else { return false }
        let end = at
        while at > 0, text[at - 1].isWord || text[at - 1] == UInt8(ascii: ".") { at -= 1 }
        let key = String(decoding: text.part(at..<end), as: UTF8.self).lowercased()
        return key.hasSuffix("region") && !RoleWords.nameAnotherPlace(key)
    }

    private static func isGap(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\t"), UInt8(ascii: "\\"): true
        default: false
        }
    }

    /// Whether the value in hand stands under a free key that says whose it is: `PRIMARY_REGION` in an environment.
    var isUnderSideKey: Bool {
        if isNamedForSide { return true }
        guard let step = steps.last else { return false }
        switch step {
        case .key(let key): return RoleWords.nameASide(key.string)
        case .member(let key): return embedding > 0 && RoleWords.nameASide(key.string)
        case .index: return false
        }
    }
}
