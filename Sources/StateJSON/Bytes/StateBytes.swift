/// The bytes of one state, exactly as they were read: immutable, reference-counted, never copied by passing them on.
///
/// Behind the last byte stand ``padding`` readable zero bytes that are not part of the content. The scanner reads
/// sixteen bytes at a time and relies on them.
public struct StateBytes: Sendable {
    /// Readable zero bytes behind the content.
    public static let padding = 64

    @usableFromInline let storage: Storage

    /// Copies `bytes` once.
    public init(_ bytes: some Collection<UInt8>) {
        var builder = Builder(capacity: bytes.count)
        builder.append(contentsOf: bytes)
        self = builder.finish()
    }

    init(storage: Storage) { self.storage = storage }

    /// Number of bytes, without the padding.
    @inlinable public var count: Int { storage.count }

    @inlinable public var isEmpty: Bool { storage.count == 0 }

    /// The byte at `offset`. Precondition: `0 <= offset < count`.
    @inlinable public subscript(offset: Int) -> UInt8 {
        precondition(offset >= 0 && offset < storage.count, "offset outside the bytes")
        return storage.base[offset]
    }

    /// A copy of the bytes in `range`. Precondition: the range lies within `0..<count`.
    public subscript(range: Range<Int>) -> [UInt8] {
        withUnsafeBytes(in: range) { [UInt8]($0) }
    }

    /// Lends the bytes for the duration of `body`; the pointer must not be kept.
    @inlinable public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeRawBufferPointer(start: storage.base, count: storage.count))
    }

    /// Lends the bytes of `range` for the duration of `body`. Precondition: the range lies within `0..<count`.
    @inlinable public func withUnsafeBytes<R, E: Error>(
        in range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        precondition(range.lowerBound >= 0 && range.upperBound <= storage.count, "range outside the bytes")
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeRawBufferPointer(start: storage.base + range.lowerBound, count: range.count))
    }
}

extension StateBytes: Equatable {
    /// Same bytes; the same storage is recognised without looking at them.
    public static func == (left: StateBytes, right: StateBytes) -> Bool {
        guard left.count == right.count else { return false }
        return left.storage === right.storage || equalBytes(left.storage.base, right.storage.base, count: left.count)
    }
}

extension StateBytes: CustomStringConvertible {
    /// Size only: states hold secrets.
    public var description: String { "\(count) bytes" }
}

extension StateBytes {
    /// Owns the memory. Unchecked because pointers are not Sendable; nothing writes to it once it is made.
    @usableFromInline final class Storage: @unchecked Sendable {
        @usableFromInline let base: UnsafePointer<UInt8>
        @usableFromInline let count: Int

        init(base: UnsafePointer<UInt8>, count: Int) {
            self.base = base
            self.count = count
        }

        deinit { UnsafeMutableRawPointer(mutating: base).deallocate() }
    }
}
