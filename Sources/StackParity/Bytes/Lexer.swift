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

    private let text: ByteText
    private var at = 0

    init(_ text: ByteText) { self.text = text }

    /// The next token; nil at the end.
    mutating func next() -> Token? {
        guard at < text.count else { return nil }
        let start = at
        if text[at].isDigit, let end = NetworkAddress.end(of: text, from: at) {
            at = end
            return Token(start: Int32(start), end: Int32(at), kind: .address)
        }
        if text[at].isWord {
            while at < text.count, text[at].isWord { at += 1 }
            return Token(start: Int32(start), end: Int32(at), kind: .word)
        }
        at += 1
        return Token(start: Int32(start), end: Int32(at), kind: .separator)
    }

    static func tokens(of text: ByteText) -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(text.count / 5 + 4)
        var lexer = Lexer(text)
        while let token = lexer.next() { tokens.append(token) }
        return tokens
    }

    /// How many tokens there are.
    static func count(_ text: ByteText) -> Int {
        var lexer = Lexer(text), count = 0
        while lexer.next() != nil { count += 1 }
        return count
    }
}
