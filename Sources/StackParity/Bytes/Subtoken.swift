/// Pieces of a word: `acme-prod-us-east-1-db` is `acme` `prod` `us-east-1` `db`, with the separators between them.
///
/// Region and zone names stay whole, since they change as a whole.
struct Subtokens {
    struct Piece: Hashable {
        var start: Int
        var end: Int
        /// `-`, `_`, `.`, `/`, `:` or a blank.
        var isSeparator: Bool
    }

    static func pieces(of text: ByteText) -> [Piece] {
        var pieces: [Piece] = []
        var at = 0
        while at < text.count {
            let start = at
            if !isInner(text[at]) {
                at += 1
                pieces.append(Piece(start: start, end: at, isSeparator: true))
                continue
            }
            if let length = RegionName.length(in: text, from: at), at + length == text.count || !isInner(text[at + length]) || isZoneLetter(text, at + length) {
                at += length
                if at < text.count, isInner(text[at]) { at += 1 }
            } else {
                while at < text.count, isInner(text[at]) { at += 1 }
            }
            pieces.append(Piece(start: start, end: at, isSeparator: false))
        }
        return pieces
    }

    private static func isInner(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte >= 0x80 }

    private static func isZoneLetter(_ text: ByteText, _ at: Int) -> Bool {
        text[at].isLower && (at + 1 == text.count || !isInner(text[at + 1]))
    }
}
