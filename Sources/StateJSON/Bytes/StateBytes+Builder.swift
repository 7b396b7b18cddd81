extension StateBytes {
    /// Gathers bytes as they arrive (a download, a vault's pieces) and becomes ``StateBytes`` without a copy.
    public struct Builder: ~Copyable {
        private var base: UnsafeMutableRawPointer
        private var capacity: Int
        /// Bytes gathered so far.
        public private(set) var count = 0

        /// - Parameter capacity: bytes expected; more are accepted, at the price of a copy.
        public init(capacity: Int) {
            self.capacity = max(capacity, 0)
            base = .allocate(byteCount: self.capacity + StateBytes.padding, alignment: 64)
        }

        deinit { base.deallocate() }

        /// Appends a copy of `bytes`.
        public mutating func append(_ bytes: UnsafeRawBufferPointer) {
            guard let source = bytes.baseAddress, bytes.count > 0 else { return }
            reserve(bytes.count)
            (base + count).copyMemory(from: source, byteCount: bytes.count)
            count += bytes.count
        }

        /// Appends a copy of `bytes`.
        public mutating func append(contentsOf bytes: some Collection<UInt8>) {
            let done: Void? = bytes.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) }
            guard done == nil else { return }
            for byte in bytes {
                reserve(1)
                base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
                count += 1
            }
        }

        /// Has up to `most` bytes written where they will stay, as `read(2)` does it.
        /// - Parameter write: returns how many bytes it wrote; nothing is taken when that is negative.
        /// - Returns: what `write` returned.
        public mutating func append(upTo most: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
            reserve(most)
            let written = write(UnsafeMutableRawBufferPointer(start: base + count, count: most))
            precondition(written <= most, "more bytes written than there was room for")
            count += max(0, written)
            return written
        }

        /// Hands the bytes over; the builder is spent.
        public consuming func finish() -> StateBytes {
            (base + count).initializeMemory(as: UInt8.self, repeating: 0, count: StateBytes.padding)
            let storage = Storage(base: UnsafePointer(base.assumingMemoryBound(to: UInt8.self)), count: count)
            discard self
            return StateBytes(storage: storage)
        }

        private mutating func reserve(_ more: Int) {
            guard count + more > capacity else { return }
            let wanted = max(count + more, capacity + capacity / 2, 256)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted + StateBytes.padding, alignment: 64)
            larger.copyMemory(from: base, byteCount: count)
            base.deallocate()
            base = larger
            capacity = wanted
        }
    }
}
