/// Cuts text into words, network addresses and single separators.
///
/// A word is a run of letters, digits, `-` and `_`: an id, a name, one label of a host name, one segment of an ARN.
struct Lexer {
    enum Kind: UInt8 { case word, address, separator }
    struct Token {
        var start: Int32
        var end: Int32
        var kind: Kind
        var range: Range<Int> { Int(start)..<Int(end) }
    }

    static func tokens(of text: ByteText) -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(text.count / 5 + 4)
        var at = 0
        while at < text.count {
            let start = at
            if text[at].isDigit, let end = NetworkAddress.end(of: text, from: at) {
                at = end
                tokens.append(Token(start: Int32(start), end: Int32(at), kind: .address))
            } else if text[at].isWord {
                while at < text.count, text[at].isWord { at += 1 }
                tokens.append(Token(start: Int32(start), end: Int32(at), kind: .word))
            } else {
                at += 1
                tokens.append(Token(start: Int32(start), end: Int32(at), kind: .separator))
            }
        }
        return tokens
    }
}
