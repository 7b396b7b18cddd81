internal import CScan

extension TapeBuilder {
    /// The string whose opening quote is at the cursor; leaves the cursor behind its closing quote.
    @inline(__always) mutating func string() throws(Failure) {
        cursor += 1
        let first = cursor
        cursor = tfg_skip_plain(cursor)
        var tag = TapeWord.Tag.plain
        if cursor.pointee != UInt8(ascii: "\"") { tag = try unusual() }
        let length = cursor - first
        if length >= TapeWord.extentLimit { throw Failure(reason: .tokenTooLong, offset: first - start) }
        try push(TapeWord.make(tag, extent: length, offset: first - start))
        cursor += 1
    }

    /// The rest of a string that has more than plain ASCII in it, up to its closing quote.
    @inline(never) mutating func unusual() throws(Failure) -> UInt64 {
        var tag = TapeWord.Tag.plain
        while true {
            let byte = cursor.pointee
            if byte == UInt8(ascii: "\"") { return tag }
            if byte == UInt8(ascii: "\\") {
                tag = TapeWord.Tag.escaped
                try escape()
            } else if byte >= 0x80 {
                try multibyte(byte)
            } else {
                throw failure(.controlCharacter(byte))
            }
            cursor = tfg_skip_plain(cursor)
        }
    }

    private mutating func escape() throws(Failure) {
        cursor += 1
        switch cursor.pointee {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            cursor += 1
        case UInt8(ascii: "u"):
            cursor += 1
            for _ in 0..<4 {
                guard hexDigit(cursor.pointee) != nil else { throw failure(.invalidEscape) }
                cursor += 1
            }
        default:
            throw failure(.invalidEscape)
        }
    }

    /// One multi-byte character: RFC 3629's table of well-formed sequences.
    private mutating func multibyte(_ lead: UInt8) throws(Failure) {
        let more: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: more = 1
        case 0xE0: (more, second) = (2, 0xA0...0xBF)
        case 0xED: (more, second) = (2, 0x80...0x9F)
        case 0xE1...0xEF: more = 2
        case 0xF0: (more, second) = (3, 0x90...0xBF)
        case 0xF4: (more, second) = (3, 0x80...0x8F)
        case 0xF1...0xF3: more = 3
        default: throw failure(.invalidUTF8)
        }
        for position in 1...more {
            let allowed = position == 1 ? second : 0x80...0xBF
            if !allowed.contains(cursor[position]) {
                let reason = cursor + position >= end ? JSONSyntaxError.Reason.endsEarly : .invalidUTF8
                throw Failure(reason: reason, offset: cursor - start)
            }
        }
        cursor += more + 1
    }

    /// A number by RFC 8259 section 6; it stays text.
    @inline(__always) mutating func number() throws(Failure) {
        let first = cursor
        var tag = TapeWord.Tag.integer
        if cursor.pointee == UInt8(ascii: "-") { cursor += 1 }
        if cursor.pointee == UInt8(ascii: "0") {
            cursor += 1
        } else {
            try digits()
        }
        if cursor.pointee == UInt8(ascii: ".") {
            tag = TapeWord.Tag.decimal
            cursor += 1
            try digits()
        }
        if cursor.pointee | 0x20 == UInt8(ascii: "e") {
            tag = TapeWord.Tag.decimal
            cursor += 1
            if cursor.pointee == UInt8(ascii: "+") || cursor.pointee == UInt8(ascii: "-") { cursor += 1 }
            try digits()
        }
        let next = cursor.pointee
        // 01, 1x, 1-2: what follows must not look like more of the number.
        if next &- UInt8(ascii: "0") < 10 || next == UInt8(ascii: ".") || next == UInt8(ascii: "-") || next == UInt8(ascii: "+") {
            throw failure(.invalidNumber)
        }
        let length = cursor - first
        if length >= TapeWord.extentLimit { throw Failure(reason: .tokenTooLong, offset: first - start) }
        try push(TapeWord.make(tag, extent: length, offset: first - start))
    }

    @inline(__always) private mutating func digits() throws(Failure) {
        guard cursor.pointee &- UInt8(ascii: "0") < 10 else { throw failure(.invalidNumber) }
        repeat { cursor += 1 } while cursor.pointee &- UInt8(ascii: "0") < 10
    }

    @inline(__always) mutating func literal(_ text: StaticString, _ tag: UInt64) throws(Failure) {
        let offset = cursor - start
        for index in 0..<text.utf8CodeUnitCount {
            guard cursor.pointee == text.utf8Start[index] else { throw failure(.invalidLiteral) }
            cursor += 1
        }
        try push(TapeWord.make(tag, extent: text.utf8CodeUnitCount, offset: offset))
    }
}

/// Value of an ASCII hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
