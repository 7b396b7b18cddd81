internal import CScan

/// A finished tape and the bytes it describes. Unchecked because pointers are not Sendable; nothing writes to it any more.
@usableFromInline final class Tape: @unchecked Sendable {
    @usableFromInline let bytes: StateBytes
    /// Start of `bytes`, so that hot loops need one load instead of three.
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let words: UnsafePointer<UInt64>
    @usableFromInline let count: Int

    init(bytes: StateBytes, words: UnsafePointer<UInt64>, count: Int) {
        self.bytes = bytes
        base = bytes.storage.base
        self.words = words
        self.count = count
    }

    deinit { tfg_free(UnsafeMutableRawPointer(mutating: words)) }
}
