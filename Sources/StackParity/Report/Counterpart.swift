/// Two instances that stand for each other.
public struct Counterpart: Hashable, Sendable {
    /// How a pair was found, from the surest to the least sure.
    public enum Basis: String, Sendable, Codable {
        case map, address
        case region = "region in the key"
        case rename = "renamed module or resource"
        case token = "name tokens in the key"
        case name = "own name"
        case position = "position in the graph"
    }
    public var primaryAddress: String
    public var drAddress: String
    public var basis: Basis
    /// 0 to 1.
    public var confidence: Double
}
