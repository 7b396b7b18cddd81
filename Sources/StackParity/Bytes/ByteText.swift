/// Borrowed UTF-8 bytes.
typealias ByteText = UnsafeBufferPointer<UInt8>

extension ByteText {
    /// The bytes in `range`, as a buffer of their own. Precondition: `range` lies within the buffer.
    @inline(__always) func part(_ range: Range<Int>) -> ByteText {
        ByteText(rebasing: self[range])
    }

    /// Eight bytes at a time: this is the innermost loop of everything.
    func isEqual(to other: ByteText) -> Bool {
        guard count == other.count, let mine = baseAddress, let theirs = other.baseAddress else { return count == other.count }
        if mine == theirs { return true }
        let a = UnsafeRawPointer(mine), b = UnsafeRawPointer(theirs)
        var at = 0
        while at &+ 8 <= count {
            if a.loadUnaligned(fromByteOffset: at, as: UInt64.self) != b.loadUnaligned(fromByteOffset: at, as: UInt64.self) { return false }
            at &+= 8
        }
        while at < count {
            if mine[at] != theirs[at] { return false }
            at &+= 1
        }
        return true
    }

    func isEqual(to text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && text.withUTF8Buffer { isEqual(to: $0) }
    }

    func starts(with prefix: StaticString) -> Bool {
        count >= prefix.utf8CodeUnitCount && prefix.withUTF8Buffer { part(0..<$0.count).isEqual(to: $0) }
    }

    func ends(with suffix: StaticString) -> Bool {
        count >= suffix.utf8CodeUnitCount && suffix.withUTF8Buffer { part((count - $0.count)..<count).isEqual(to: $0) }
    }

    /// Whether the word stands anywhere in the text.
    func contains(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            guard word.count <= count, let first = word.first else { return word.isEmpty }
            for start in 0...(count - word.count) where self[start] == first {
                if part(start..<(start + word.count)).isEqual(to: word) { return true }
            }
            return false
        }
    }

    /// A mixing hash over eight bytes at a time; equal bytes, equal hash, within one run of the program.
    var mixedHash: UInt64 {
        var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
        guard let base = baseAddress else { return hash }
        let raw = UnsafeRawPointer(base)
        var at = 0
        while at &+ 8 <= count {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0xBF58_476D_1CE4_E5B9
            hash ^= hash &>> 29
            at &+= 8
        }
        var rest: UInt64 = 0
        while at < count {
            rest = rest &<< 8 | UInt64(self[at])
            at &+= 1
        }
        hash = (hash ^ rest) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash &>> 31)
    }
}

extension UInt8 {
    @inline(__always) var isDigit: Bool { self &- 48 < 10 }
    @inline(__always) var isLower: Bool { self &- 97 < 26 }
    @inline(__always) var isLetter: Bool { (self | 0x20) &- 97 < 26 }
    @inline(__always) var isHex: Bool { isDigit || (self | 0x20) &- 97 < 6 }
    @inline(__always) var lowered: UInt8 { self &- 65 < 26 ? self | 0x20 : self }
    /// Part of a word: what ids and names are made of, dashes and underscores included.
    @inline(__always) var isWord: Bool { isLetter || isDigit || self == 45 || self == 95 || self >= 0x80 }
}
