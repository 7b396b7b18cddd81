/// Whether two blocks hold the same bytes, eight at a time. Inlinable: comparing keys is the innermost loop of a diff.
@inlinable func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
    let a = UnsafeRawPointer(left), b = UnsafeRawPointer(right)
    var done = 0
    while done &+ 8 <= count {
        if a.loadUnaligned(fromByteOffset: done, as: UInt64.self) != b.loadUnaligned(fromByteOffset: done, as: UInt64.self) { return false }
        done &+= 8
    }
    while done < count {
        if left[done] != right[done] { return false }
        done &+= 1
    }
    return true
}

/// Order of two blocks as unsigned bytes, a prefix first: negative, zero or positive. Eight at a time.
@inlinable func compareBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let a = UnsafeRawBufferPointer(left), b = UnsafeRawBufferPointer(right)
    let shared = min(a.count, b.count)
    var done = 0
    while done &+ 8 <= shared {
        let x = a.loadUnaligned(fromByteOffset: done, as: UInt64.self), y = b.loadUnaligned(fromByteOffset: done, as: UInt64.self)
        if x != y { return x.bigEndian < y.bigEndian ? -1 : 1 }
        done &+= 8
    }
    while done < shared {
        if a[done] != b[done] { return a[done] < b[done] ? -1 : 1 }
        done &+= 1
    }
    return a.count - b.count
}
