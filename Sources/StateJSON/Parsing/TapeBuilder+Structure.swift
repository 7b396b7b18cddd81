extension TapeBuilder {
    /// Takes the value at the cursor. True when a container with content was opened: the cursor is at its first value.
    @inline(__always) mutating func value() throws(Failure) -> Bool {
        switch cursor.pointee {
        case UInt8(ascii: "\""):
            try string()
            return false
        case UInt8(ascii: "{"):
            return try open(TapeWord.Tag.object, empty: TapeWord.Tag.emptyObject, closer: UInt8(ascii: "}"))
        case UInt8(ascii: "["):
            return try open(TapeWord.Tag.array, empty: TapeWord.Tag.emptyArray, closer: UInt8(ascii: "]"))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
            return false
        case UInt8(ascii: "n"):
            try literal("null", TapeWord.Tag.null)
            return false
        case UInt8(ascii: "t"):
            try literal("true", TapeWord.Tag.true)
            return false
        case UInt8(ascii: "f"):
            try literal("false", TapeWord.Tag.false)
            return false
        default:
            throw failure(.expectedValue)
        }
    }

    /// Behind a value: closes what ends here and moves to the next value. False when the document is complete.
    @inline(__always) mutating func separator() throws(Failure) -> Bool {
        while depth > 0 {
            children &+= 1
            skipWhitespace()
            let byte = cursor.pointee
            if byte == UInt8(ascii: ",") {
                cursor += 1
                skipWhitespace()
                if inObject { try key() }
                return true
            }
            guard byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw failure(.expectedCommaOrEnd) }
            cursor += 1
            if depth == deferredDepth { try deferContent() }
            close()
        }
        return false
    }

    /// The key at the cursor and the colon behind it; leaves the cursor at the value.
    @inline(__always) mutating func key() throws(Failure) {
        guard cursor.pointee == UInt8(ascii: "\"") else { throw failure(.expectedKey) }
        try string()
        if cursor.pointee != UInt8(ascii: ":") {
            skipWhitespace()
            guard cursor.pointee == UInt8(ascii: ":") else { throw failure(.expectedColon) }
        }
        cursor += 1
        if cursor.pointee == UInt8(ascii: " ") { cursor += 1 }
        skipWhitespace()
    }

    @inline(__always) mutating func open(_ tag: UInt64, empty: UInt64, closer: UInt8) throws(Failure) -> Bool {
        let offset = cursor - start
        if depth >= depthLimit { throw failure(.tooDeep(limit: depthLimit)) }
        cursor += 1
        skipWhitespace()
        if cursor.pointee == closer {
            cursor += 1
            let length = (cursor - start) - offset
            if length >= TapeWord.extentLimit { throw Failure(reason: .tokenTooLong, offset: offset) }
            try push(TapeWord.make(empty, extent: length, offset: offset))
            return false
        }
        if depth == outerCapacity { growOuter() }
        outer[depth] = UInt64(truncatingIfNeeded: head) &<< 32 | UInt64(truncatingIfNeeded: children)
        depth &+= 1
        head = count
        children = 0
        inObject = tag == TapeWord.Tag.object
        try push(TapeWord.make(tag, extent: 0, offset: offset))
        try push(0)
        if inObject { try key() }
        return true
    }

    /// Completes the innermost container; the cursor is behind its closing bracket.
    @inline(__always) mutating func close() {
        let tape = words.unsafelyUnwrapped
        tape[head] |= UInt64(truncatingIfNeeded: count &- head) &<< 32
        tape[head &+ 1] = UInt64(truncatingIfNeeded: children) &<< 32 | UInt64(truncatingIfNeeded: cursor - start)
        depth &-= 1
        let saved = outer[depth]
        head = Int(truncatingIfNeeded: saved &>> 32)
        children = Int(truncatingIfNeeded: saved & 0xFFFF_FFFF)
        inObject = depth > 0 && TapeWord.tag(tape[head]) == TapeWord.Tag.object
    }

    @inline(never) mutating func growOuter() {
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: outerCapacity * 2)
        larger.update(from: outer, count: outerCapacity)
        outer.deallocate()
        outer = larger
        outerCapacity *= 2
    }
}
