/// A JSON object whose members keep the order in which they were written.
public struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One name and its value.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: JSONNode
    }

    public private(set) var members: [Member]

    public init(dictionaryLiteral elements: (String, JSONNode)...) {
        members = elements.map { Member(name: $0.0, value: $0.1) }
    }

    /// From names and values that are known only at run time.
    public init(_ elements: some Sequence<(String, JSONNode)>) {
        members = elements.map { Member(name: $0.0, value: $0.1) }
    }

    /// This object's members, then the other's.
    public static func + (left: JSONObject, right: JSONObject) -> JSONObject {
        var result = left
        result.members += right.members
        return result
    }
}
