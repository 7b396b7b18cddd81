/// One 64-bit word of the tape. The tape lists a document's values in the order of its text.
///
/// ```
/// 63 … 60   59 … 32             31 … 0
/// kind      extent (28 bits)    offset of the value's first byte
/// ```
/// - Scalars: one word. A string's offset points behind its opening quote and its extent is the length between the
///   quotes, escapes as written. A number's or literal's extent is the length of its text.
/// - An empty array or object: one word; the extent is the length of its text (`{ }` is 3).
/// - An array or object with content: two words, then its content. The extent is the number of words up to the next
///   sibling, these two included. The second word holds the number of elements or members (high 32 bits) and the
///   offset behind the closing bracket (low 32 bits).
/// - A deferred array or object, see ``JSONDeferral``: three words. The second is the same; the third holds the index of the
///   first word of the very same value, made once it was asked for, or 0. The extent is 3.
/// - A member is its key, as a string word, and then its value.
///
/// `{"a": [1, 22]}` is
/// ```
/// 0  object   extent 7   offset 0
/// 1  count 1, end 14
/// 2  plain    extent 1   offset 2      a
/// 3  array    extent 4   offset 6
/// 4  count 2, end 13
/// 5  integer  extent 1   offset 7      1
/// 6  integer  extent 2   offset 10     22
/// ```
@usableFromInline enum TapeWord {
    @usableFromInline enum Tag {
        @usableFromInline static let null: UInt64 = 0
        @usableFromInline static let `false`: UInt64 = 1
        @usableFromInline static let `true`: UInt64 = 2
        /// A number without fraction and exponent.
        @usableFromInline static let integer: UInt64 = 3
        @usableFromInline static let decimal: UInt64 = 4
        /// A string without escapes: its bytes are its content.
        @usableFromInline static let plain: UInt64 = 5
        @usableFromInline static let escaped: UInt64 = 6
        @usableFromInline static let emptyArray: UInt64 = 7
        @usableFromInline static let emptyObject: UInt64 = 8
        @usableFromInline static let array: UInt64 = 9
        @usableFromInline static let object: UInt64 = 10
        @usableFromInline static let deferredArray: UInt64 = 11
        @usableFromInline static let deferredObject: UInt64 = 12
    }

    @usableFromInline static let extentLimit = 1 << 28

    @inlinable static func make(_ tag: UInt64, extent: Int, offset: Int) -> UInt64 {
        tag &<< 60 | UInt64(truncatingIfNeeded: extent) &<< 32 | UInt64(truncatingIfNeeded: offset)
    }

    @inlinable static func tag(_ word: UInt64) -> UInt64 { word &>> 60 }
    @inlinable static func extent(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word &>> 32 & 0xFFF_FFFF) }
    @inlinable static func offset(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word & 0xFFFF_FFFF) }
    /// Words from this value to its next sibling.
    @inlinable static func span(_ word: UInt64) -> Int { word &>> 60 >= Tag.array ? extent(word) : 1 }
}
