/// A JSON value for output: members keep their order, numbers keep their text.
public enum JSONNode: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number as its JSON text, so that a serial of 2^64-1 or a number read from a state stays what it is.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object(JSONObject)

    /// An integer.
    public static func integer(_ value: some BinaryInteger) -> JSONNode { .number(String(value)) }
    /// An integer, or null.
    public static func integer(_ value: (some BinaryInteger)?) -> JSONNode { value.map { .number(String($0)) } ?? .null }
    /// A string, or null.
    public static func string(_ value: String?) -> JSONNode { value.map(JSONNode.string) ?? .null }
    /// An array of strings.
    public static func strings(_ values: [String]) -> JSONNode { .array(values.map { .string($0) }) }
    /// An array of objects.
    public static func objects(_ values: [JSONObject]) -> JSONNode { .array(values.map { .object($0) }) }
    /// A decimal with three digits behind the point: seconds.
    public static func seconds(_ value: Duration) -> JSONNode {
        let milliseconds = value.components.seconds * 1000 + value.components.attoseconds / 1_000_000_000_000_000
        let fraction = String(milliseconds % 1000)
        return .number("\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)")
    }
}
