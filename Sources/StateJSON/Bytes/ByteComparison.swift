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

/// Order of two blocks as unsigned bytes, a prefix first: negative, zero or positive.
@inlinable func compareBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(left.count, right.count)
    var index = 0
    while index < shared {
        if left[index] != right[index] { return left[index] < right[index] ? -1 : 1 }
        index &+= 1
    }
    return left.count - right.count
}
