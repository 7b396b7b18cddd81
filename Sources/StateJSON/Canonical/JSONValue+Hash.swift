extension JSONValue {
    /// A 64-bit hash of the exact bytes, for tables within one process. Not for files, not against an adversary: equal
    /// hashes want ``hasEqualBytes(as:)`` behind them.
    @inlinable public func rawHash(seed: UInt64 = 0) -> UInt64 {
        withRawBytes { quickHash($0, seed: seed) }
    }

    /// A 64-bit hash of the decoded content of a string, the same for every spelling of it; of the raw bytes for
    /// other kinds.
    @inlinable public func contentHash(seed: UInt64 = 0) -> UInt64 {
        isString ? withDecodedBytes { quickHash($0, seed: seed) } : rawHash(seed: seed)
    }

    /// A 64-bit hash of the canonical text: equal for values that ``isEqual(to:)`` calls equal.
    public func canonicalHash(seed: UInt64 = 0) -> UInt64 {
        canonicalBytes.withUnsafeBufferPointer { quickHash($0, seed: seed) }
    }
}

extension JSONKey {
    /// A 64-bit hash of the decoded name.
    @inlinable public func hash(seed: UInt64 = 0) -> UInt64 { value.contentHash(seed: seed) }
}

/// A number as one more step of a hash.
@inlinable public func quickHash(_ number: UInt64, seed: UInt64) -> UInt64 {
    let product = (number ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: seed ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low ^ number
}

/// Sixteen bytes a step by folded 64-bit multiplication (the construction of wyhash): about 4 bytes per cycle.
@inlinable public func quickHash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
    let k0: UInt64 = 0x9E37_79B9_7F4A_7C15, k1: UInt64 = 0xE703_7ED1_A0B4_28DB
    var state = seed ^ k0
    let raw = UnsafeRawBufferPointer(bytes)
    var at = 0
    while at &+ 16 <= raw.count {
        let a = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self), b = raw.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
        let product = (a ^ k1).multipliedFullWidth(by: b ^ state)
        state = product.high ^ product.low
        at &+= 16
    }
    var low: UInt64 = 0, high: UInt64 = 0
    if at &+ 8 <= raw.count {
        low = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        at &+= 8
    }
    var shift: UInt64 = 0
    while at < raw.count {
        high |= UInt64(raw[at]) &<< shift
        shift &+= 8
        at &+= 1
    }
    let middle = (low ^ k1).multipliedFullWidth(by: high ^ state)
    let last = (middle.high ^ middle.low ^ k0).multipliedFullWidth(by: UInt64(truncatingIfNeeded: raw.count) ^ k1)
    return last.high ^ last.low
}
