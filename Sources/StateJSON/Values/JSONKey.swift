/// An object member's name. Comparing it allocates nothing; ``string`` does.
public struct JSONKey: Sendable {
    /// The key as a string value.
    public let value: JSONValue

    @inlinable init(value: JSONValue) { self.value = value }

    /// The decoded name.
    public var string: String { value.string ?? "" }

    @inlinable public func equals(_ text: StaticString) -> Bool { value.equals(text) }
    public func equals(_ text: String) -> Bool { value.equals(text) }

    /// Whether two keys, of the same document or of two, are the same name.
    @inlinable public func equals(_ other: JSONKey) -> Bool {
        if !value.isEscaped { return value.withStringBytes { other.value.equals($0) } }
        return value.withDecodedBytes { other.value.equals($0) }
    }

    @inlinable public static func == (key: JSONKey, text: StaticString) -> Bool { key.value.equals(text) }
}
