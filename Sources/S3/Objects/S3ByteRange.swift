/// A part of an object (RFC 9110 section 14.1.2).
public enum S3ByteRange: Hashable, Sendable {
    /// Bytes by offset.
    case bytes(Range<Int64>)
    /// From an offset to the end.
    case from(Int64)
    /// The last so many bytes.
    case last(Int64)

    /// The value of the `Range` header.
    var header: String {
        switch self {
        case .bytes(let range): "bytes=\(range.lowerBound)-\(max(range.upperBound - 1, range.lowerBound))"
        case .from(let offset): "bytes=\(offset)-"
        case .last(let count): "bytes=-\(count)"
        }
    }
}
