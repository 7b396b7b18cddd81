/// One replacement that leads from the primary's text to DR's, learned from the counterparts.
public struct Correspondence: Hashable, Sendable {
    public enum Kind: String, Sendable, Codable { case region, zone, account, cidr, name, tag, rename }
    public var kind: Kind
    public var primary: String
    public var dr: String
    /// How many counterparts show it.
    public var support: Int
    /// The tag's key for `.tag`.
    public var key: String?
}
