/// The 32 bytes of a SHA-256.
public struct SHA256Digest: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The digest as four big-endian words: a fixed-size value without a heap block, of which a vault holds millions.
    @usableFromInline let words: (UInt64, UInt64, UInt64, UInt64)

    /// A digest from its 32 bytes; nil for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        // One copy: walking an unspecialised collection byte by byte costs microseconds, and packs hold many digests.
        self.init { $0.copyBytes(from: bytes) }
    }

    /// A digest from 64 hexadecimal digits; nil for anything else.
    public init?(hex: some StringProtocol) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(filledBy fill: (UnsafeMutableRawBufferPointer) -> Void) {
        var raw: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &raw, fill)
        words = (UInt64(bigEndian: raw.0), UInt64(bigEndian: raw.1), UInt64(bigEndian: raw.2), UInt64(bigEndian: raw.3))
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    /// Lends the 32 bytes without allocating.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let raw = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return try Swift.withUnsafeBytes(of: raw, body)
    }

    /// 64 lower-case hexadecimal digits.
    public var hex: String {
        withUnsafeBytes { Hex.encode($0) }
    }

    public var description: String { hex }

    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        left.words == right.words
    }

    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        left.words < right.words
    }

    @inlinable
    public func hash(into hasher: inout Hasher) {
        // Any word of a SHA-256 is as good as a hash of all four.
        hasher.combine(words.0)
    }
}

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces.
public struct SHA256: ~Copyable {
    private let context = DigestContext(.sha256)

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        context.update(bytes)
    }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        withContiguousBytes(of: bytes) { context.update($0) }
    }

    /// The digest of all bytes given since the start or the last call; the value is then ready for the next hash.
    public mutating func finalize() -> SHA256Digest {
        SHA256Digest { context.finish(into: $0) }
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    public static func hash(_ bytes: some Sequence<UInt8>) -> SHA256Digest {
        withContiguousBytes(of: bytes) { hash($0) }
    }
}
