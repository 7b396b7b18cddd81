/// What a provider's schema says about one attribute or nested block.
///
/// Source: `terraform providers schema -json`, keys `computed`, `optional`, `sensitive`, `deprecated`, `write_only`,
/// `type` and `nesting_mode`. Only what comparing needs is kept: an attribute that is absent from the table is plainly
/// configured, neither sensitive nor a set.
public struct AttributeFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The provider can choose the value.
    public static let computed = AttributeFlags(rawValue: 1)
    /// The configuration can choose the value.
    public static let optional = AttributeFlags(rawValue: 2)
    public static let required = AttributeFlags(rawValue: 4)
    public static let sensitive = AttributeFlags(rawValue: 8)
    public static let deprecated = AttributeFlags(rawValue: 16)
    public static let writeOnly = AttributeFlags(rawValue: 32)
    /// Order and repetition carry no meaning.
    public static let set = AttributeFlags(rawValue: 64)
    public static let list = AttributeFlags(rawValue: 128)
    public static let map = AttributeFlags(rawValue: 256)
    /// A nested block, not an attribute.
    public static let block = AttributeFlags(rawValue: 512)

    /// Only the provider sets it: the configuration cannot.
    public var isComputedOnly: Bool { contains(.computed) && !contains(.optional) }

    /// The letters of the committed table, one flag set each; `B` is optional and computed.
    init?(letters: some Sequence<UInt8>) {
        var flags: AttributeFlags = []
        for letter in letters {
            switch letter {
            case UInt8(ascii: "C"): flags.insert(.computed)
            case UInt8(ascii: "B"): flags.formUnion([.computed, .optional])
            case UInt8(ascii: "O"): flags.insert(.optional)
            case UInt8(ascii: "R"): flags.insert(.required)
            case UInt8(ascii: "s"): flags.insert(.sensitive)
            case UInt8(ascii: "d"): flags.insert(.deprecated)
            case UInt8(ascii: "w"): flags.insert(.writeOnly)
            case UInt8(ascii: "S"): flags.insert(.set)
            case UInt8(ascii: "L"): flags.insert(.list)
            case UInt8(ascii: "M"): flags.insert(.map)
            case UInt8(ascii: "b"): flags.insert(.block)
            case UInt8(ascii: "1"): break
            default: return nil
            }
        }
        self = flags
    }

    /// The table's spelling; the inverse of `init(letters:)`.
    var letters: String {
        var text = contains(.block) ? "b" : contains(.required) ? "R" : isComputedOnly ? "C" : contains(.computed) ? "B" : "O"
        if contains(.set) { text += "S" } else if contains(.list) { text += "L" } else if contains(.map) { text += "M" } else if contains(.block) { text += "1" }
        if contains(.sensitive) { text += "s" }
        if contains(.deprecated) { text += "d" }
        if contains(.writeOnly) { text += "w" }
        return text
    }
}
