internal import CScan
internal import Synchronization

/// A finished tape and the bytes it describes. Unchecked because pointers are not Sendable; what is on it does not change
/// any more, and deferred content is added behind it under a lock.
@usableFromInline final class Tape: @unchecked Sendable {
    @usableFromInline let bytes: StateBytes
    /// Start of `bytes`, so that hot loops need one load instead of three.
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let words: UnsafePointer<UInt64>
    /// Words of the parse; more only where content is deferred.
    @usableFromInline let count: Int
    /// Words that there is room for: all deferred content has its place.
    @usableFromInline let capacity: Int
    /// Words that are taken.
    let used: Mutex<Int>
    /// The tape whose memory this is another handle on; nil for one that has its own.
    let owner: Tape?

    init(bytes: StateBytes, words: UnsafePointer<UInt64>, count: Int, capacity: Int) {
        self.bytes = bytes
        base = bytes.storage.base
        self.words = words
        self.count = count
        self.capacity = capacity
        used = Mutex(count)
        owner = nil
    }

    /// Another handle on the same memory.
    init(sharing tape: Tape) {
        bytes = tape.bytes
        base = tape.base
        words = tape.words
        count = tape.count
        capacity = tape.capacity
        used = Mutex(0)
        owner = tape.owner ?? tape
    }

    deinit {
        if owner == nil { tfg_free(UnsafeMutableRawPointer(mutating: words)) }
    }

    /// Whether the content of some containers was deferred.
    var hasDeferred: Bool { capacity > count }
}
