/// A number for each distinct text: comparing and looking up then costs no bytes.
typealias Symbol = Int32

extension Symbol {
    static let none: Symbol = -1
}

/// Interned texts, each stored once, in the order in which they came.
struct SymbolTable: Sendable {
    private var arena: [UInt8] = []
    private var ends: [Int] = []
    /// Upper half of the hash above, symbol plus one below; 0 is free. One look tells nearly always.
    private var slots: [UInt64]
    private var mask: Int

    init(capacity: Int = 1024) {
        var size = 1024
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        mask = size - 1
        ends.reserveCapacity(capacity)
    }

    var count: Int { ends.count }

    func find(_ text: ByteText) -> Symbol {
        find(text, hash: text.mixedHash)
    }

    private func find(_ text: ByteText, hash: UInt64) -> Symbol {
        var slot = Int(truncatingIfNeeded: hash) & mask
        return slots.withUnsafeBufferPointer { slots in
            while true {
                let entry = slots[slot]
                if entry == 0 { return .none }
                if entry &>> 32 == hash &>> 32 {
                    let symbol = Symbol(truncatingIfNeeded: entry) &- 1
                    if holds(symbol, text) { return symbol }
                }
                slot = (slot &+ 1) & mask
            }
        }
    }

    private func holds(_ symbol: Symbol, _ text: ByteText) -> Bool {
        let range = range(of: symbol)
        guard range.count == text.count else { return false }
        return arena.withUnsafeBufferPointer { $0.part(range).isEqual(to: text) }
    }

    mutating func intern(_ text: ByteText) -> Symbol {
        let hash = text.mixedHash
        let known = find(text, hash: hash)
        if known >= 0 { return known }
        let symbol = Symbol(ends.count)
        arena.append(contentsOf: text)
        ends.append(arena.count)
        if ends.count * 2 > slots.count { grow() } else { place(symbol, hash: hash) }
        return symbol
    }

    mutating func intern(_ text: String) -> Symbol {
        var text = text
        return text.withUTF8 { intern($0) }
    }

    private mutating func place(_ symbol: Symbol, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot &+ 1) & mask }
        slots[slot] = (hash &>> 32) &<< 32 | UInt64(UInt32(bitPattern: symbol &+ 1))
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        mask = slots.count - 1
        for symbol in 0..<ends.count {
            let range = range(of: Symbol(symbol))
            let hash = arena.withUnsafeBufferPointer { $0.part(range).mixedHash }
            place(Symbol(symbol), hash: hash)
        }
    }

    private func range(of symbol: Symbol) -> Range<Int> {
        (symbol == 0 ? 0 : ends[Int(symbol) - 1])..<ends[Int(symbol)]
    }

    func withBytes<Result>(of symbol: Symbol, _ body: (ByteText) -> Result) -> Result {
        arena.withUnsafeBufferPointer { body($0.part(range(of: symbol))) }
    }

    func string(of symbol: Symbol) -> String {
        withBytes(of: symbol) { String(decoding: $0, as: UTF8.self) }
    }
}
