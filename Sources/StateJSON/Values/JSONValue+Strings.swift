extension JSONValue {
    /// The decoded string; nil for every other kind. A lone surrogate escape becomes U+FFFD, as Go's decoder makes it.
    public var string: String? {
        switch tag {
        case TapeWord.Tag.plain:
            return withStringBytes { String(decoding: $0, as: UTF8.self) }
        case TapeWord.Tag.escaped:
            return withStringBytes { String(decoding: decodedBytes(of: $0), as: UTF8.self) }
        default:
            return nil
        }
    }

    /// True for a string written with backslash escapes.
    @inlinable public var isEscaped: Bool { tag == TapeWord.Tag.escaped }

    /// True for a string whose bytes, as written, are all ASCII.
    @inlinable public var isASCII: Bool {
        withStringBytes { bytes in
            var all: UInt8 = 0
            for byte in bytes { all |= byte }
            return all < 0x80
        }
    }

    /// Whether this is the string `text`. Allocates only for strings written with escapes.
    @inlinable public func equals(_ text: StaticString) -> Bool {
        let word = word
        if TapeWord.tag(word) == TapeWord.Tag.plain {
            guard TapeWord.extent(word) == text.utf8CodeUnitCount else { return false }
            defer { withExtendedLifetime(tape) {} }
            return equalBytes(tape.base + TapeWord.offset(word), text.utf8Start, count: text.utf8CodeUnitCount)
        }
        return equalsDecoded(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Whether this is the string `text`.
    public func equals(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { equals($0) }
    }

    /// Whether this is the string with these UTF-8 bytes.
    @inlinable public func equals(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let word = word
        if TapeWord.tag(word) == TapeWord.Tag.plain {
            guard TapeWord.extent(word) == text.count else { return false }
            guard let start = text.baseAddress else { return true }
            defer { withExtendedLifetime(tape) {} }
            return equalBytes(tape.base + TapeWord.offset(word), start, count: text.count)
        }
        return equalsDecoded(text)
    }

    @usableFromInline func equalsDecoded(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard tag == TapeWord.Tag.escaped, let start = text.baseAddress else { return false }
        return withStringBytes { raw in
            // Most strings differ before their first escape; decoding never makes longer.
            let plain = raw.firstIndex(of: UInt8(ascii: "\\")) ?? raw.count
            guard text.count <= raw.count, text.count > plain, let base = raw.baseAddress, equalBytes(base, start, count: plain) else { return false }
            return withDecodedBytes { $0.elementsEqual(text) }
        }
    }

    /// Lends the bytes between the quotes as they are written, escapes and all; empty for other kinds. For a string
    /// that is not ``isEscaped`` these are its UTF-8 content. The pointer must not be kept.
    @inlinable public func withStringBytes<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(tape) {} }
        let word = word
        return try body(UnsafeBufferPointer(start: tape.base + TapeWord.offset(word), count: isString ? TapeWord.extent(word) : 0))
    }

    /// Lends the decoded UTF-8 content; empty for other kinds. Copies only strings written with escapes.
    @inlinable public func withDecodedBytes<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        guard isEscaped else { return try withStringBytes(body) }
        return try withDecodedCopy(body)
    }

    @usableFromInline func withDecodedCopy<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(tape) {} }
        let raw = UnsafeBufferPointer(start: tape.base + TapeWord.offset(word), count: TapeWord.extent(word))
        let result: Result<R, E> = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: raw.count) { buffer in
            let count = decode(raw, into: buffer)
            do throws(E) { return .success(try body(UnsafeBufferPointer(rebasing: buffer[..<count]))) } catch { return .failure(error) }
        }
        return try result.get()
    }

    @usableFromInline func decodedStringBytes() -> [UInt8] { withStringBytes { decodedBytes(of: $0) } }
}
