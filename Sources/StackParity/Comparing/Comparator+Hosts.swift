/// Host names inside longer texts: `rediss://master.acme.x7k2la.use1.cache.amazonaws.com:6379`.
extension Comparator {
    /// Host names around two words that do not correspond, when the names do as a whole, or differ by a drawn label only.
    ///
    /// - Returns: why, and the tokens behind the names.
    func hosts(_ a: ByteText, _ left: [Lexer.Token], _ i: Int, _ b: ByteText, _ right: [Lexer.Token], _ j: Int) -> (reason: ExpectedReason, next: Int, drNext: Int)? {
        guard left[i].kind == .word, right[j].kind == .word else { return nil }
        let host = Self.host(around: left[i].range, in: a), drHost = Self.host(around: right[j].range, in: b)
        guard host.count > left[i].range.count, drHost.count > right[j].range.count else { return nil }
        let symbol = context.index.symbols.find(a.part(host)), drSymbol = context.index.symbols.find(b.part(drHost))
        if context.learned.corresponds(symbol, drSymbol) {
            return (.reference, Self.first(in: left, from: i, behind: host.upperBound), Self.first(in: right, from: j, behind: drHost.upperBound))
        }
        if context.index.holder(symbol, inDR: false).isFirm || context.index.holder(drSymbol, inDR: true).isFirm { return nil }
        // A host of neither state: one label of it was drawn by the service.
        let p = a.part(left[i].range), d = b.part(right[j].range)
        guard isHost(a.part(host)), isHost(b.part(drHost)), p.count == d.count, TextShape.isRandom(p), TextShape.isRandom(d) else { return nil }
        return (.external, i + 1, j + 1)
    }

    private static func host(around word: Range<Int>, in text: ByteText) -> Range<Int> {
        var start = word.lowerBound, end = word.upperBound
        while start > 0, isInner(text[start - 1]) { start -= 1 }
        while end < text.count, isInner(text[end]) { end += 1 }
        return start..<end
    }

    private static func isInner(_ byte: UInt8) -> Bool { byte.isWord || byte == UInt8(ascii: ".") }

    private static func first(in tokens: [Lexer.Token], from start: Int, behind end: Int) -> Int {
        var at = start
        while at < tokens.count, Int(tokens[at].start) < end { at += 1 }
        return at
    }
}
