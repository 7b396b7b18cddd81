internal import CScan

/// A finished tape and the bytes it describes. Unchecked because pointers are not Sendable; nothing writes to it any more.
@usableFromInline final class Tape: @unchecked Sendable {
    @usableFromInline let bytes: StateBytes
    /// Start of `bytes`, so that hot loops need one load instead of three.
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let words: UnsafePointer<UInt64>
    @usableFromInline let count: Int
    /// Whether the content of some container is not here.
    @usableFromInline let hasDeferred: Bool

    init(bytes: StateBytes, words: UnsafePointer<UInt64>, count: Int, hasDeferred: Bool) {
        self.bytes = bytes
        base = bytes.storage.base
        self.words = words
        self.count = count
        self.hasDeferred = hasDeferred
    }

    deinit { tfg_free(UnsafeMutableRawPointer(mutating: words)) }
}
