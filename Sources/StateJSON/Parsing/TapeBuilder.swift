internal import CScan

/// The parser: one pass over the bytes, all of its mutable state in this one noncopyable struct.
///
/// That is not a matter of taste: the same code as nested functions over captured variables ran ten times slower,
/// because every access to a captured variable or class property is checked for exclusivity at run time. Nesting is kept
/// on a heap-allocated stack, so that no input can exhaust the thread's own.
struct TapeBuilder: ~Copyable {
    /// Why and where parsing stopped; ``JSONSyntaxError`` adds the line.
    struct Failure: Error {
        let reason: JSONSyntaxError.Reason
        let offset: Int
    }

    typealias Byte = UnsafePointer<UInt8>

    let start: Byte
    let end: Byte
    let depthLimit: Int
    let wordLimit: Int
    let deferral: JSONDeferral?
    /// Open containers, the deferred one included; -1 where nothing is deferred.
    let deferredDepth: Int
    /// Words that were taken off the tape again.
    var deferredCount = 0

    var cursor: Byte
    var words: UnsafeMutablePointer<UInt64>?
    var count = 0
    var capacity = 0
    /// Open containers outside the current one: tape index (high) and children so far (low).
    var outer: UnsafeMutablePointer<UInt64>
    var outerCapacity = 64
    var depth = 0
    /// The innermost open container.
    var head = 0
    var children = 0
    var inObject = false

    init(bytes: StateBytes, limits: JSONLimits, deferring deferral: JSONDeferral? = nil) {
        start = bytes.storage.base
        end = start + bytes.count
        cursor = start
        depthLimit = limits.depth
        wordLimit = min(limits.values, TapeWord.extentLimit - 1)
        self.deferral = deferral
        deferredDepth = deferral.map { $0.depth + 1 } ?? -1
        outer = .allocate(capacity: outerCapacity)
    }

    /// Writes the container at `offset`, which was parsed and deferred before, onto the tape that it belongs to.
    /// - Parameters:
    ///   - index: the first free word.
    ///   - capacity: words that the tape has room for.
    /// - Returns: the first word behind the container.
    static func reread(_ offset: Int, of bytes: StateBytes, onto words: UnsafeMutablePointer<UInt64>, at index: Int, capacity: Int) -> Int {
        var builder = TapeBuilder(bytes: bytes, limits: JSONLimits(depth: .max, values: capacity))
        builder.cursor += offset
        (builder.words, builder.count, builder.capacity) = (words, index, capacity)
        defer { builder.words = nil }
        // The bytes are valid and the room was measured. Should that be wrong, the process ends here and not with words
        // that mean something else.
        do { try builder.values() } catch { preconditionFailure("a deferred part of a document does not fit its place") }
        return builder.count
    }

    deinit {
        outer.deallocate()
        tfg_free(words)
    }

    /// Parses the whole input.
    mutating func build() throws(Failure) {
        // Terraform's own files hold a value or key per 23 to 26 bytes. Untouched pages cost nothing.
        try grow(to: max(64, (end - start) / 20))
        skipWhitespace()
        if cursor >= end { throw Failure(reason: .noValue, offset: cursor - start) }
        try values()
        skipWhitespace()
        if cursor < end { throw failure(.trailingBytes) }
    }

    /// The value at the cursor, with all that is in it.
    @inline(__always) private mutating func values() throws(Failure) {
        repeat {
            while try value() {}
        } while try separator()
    }

    /// The tape, with room for what was deferred; the builder has no more part in it.
    mutating func take() -> (words: UnsafePointer<UInt64>, count: Int, capacity: Int)? {
        // Setting room aside costs addresses, and memory only once something is written there.
        let total = count + deferredCount
        if total > capacity {
            guard let larger = tfg_grow_words(words, total) else { return nil }
            words = larger
        }
        guard let words else { return nil }
        self.words = nil
        return (UnsafePointer(words), count, total)
    }

    func failure(_ reason: JSONSyntaxError.Reason) -> Failure {
        Failure(reason: cursor >= end ? .endsEarly : reason, offset: min(cursor, end) - start)
    }

    @inline(__always) mutating func skipWhitespace() { cursor = tfg_skip_whitespace(cursor) }

    @inline(__always) mutating func push(_ word: UInt64) throws(Failure) {
        if count == capacity { try grow(to: capacity + capacity / 2) }
        words.unsafelyUnwrapped[count] = word
        count &+= 1
    }

    @inline(never) mutating func grow(to wanted: Int) throws(Failure) {
        let wanted = min(wanted, wordLimit)
        if wanted <= capacity { throw Failure(reason: .tooManyValues(limit: wordLimit), offset: cursor - start) }
        guard let larger = tfg_grow_words(words, wanted) else { throw Failure(reason: .outOfMemory, offset: cursor - start) }
        words = larger
        capacity = wanted
    }
}
