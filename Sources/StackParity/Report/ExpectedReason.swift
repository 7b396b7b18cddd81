/// Why a difference is one that a second region must have. The names are part of the JSON contract.
public enum ExpectedReason: String, Sendable, Codable, CaseIterable, Comparable {
    /// Ids, ARNs and names of counterparts.
    case reference
    /// Chosen by the provider; says nothing about the configuration.
    case computed
    /// The object's own name.
    case name
    case region
    case zone
    case account
    /// Network addresses that keep their offset from the base of the VPC.
    case cidr
    /// One replacement per tag key that many objects share.
    case tag
    /// Each side names the other: peering, copies, replication.
    case peer
    /// Nothing on one side, an empty or zero value on the other.
    case empty
    /// Same members in another order.
    case order
    /// A copy of what another resource says, or a deprecated view of it.
    case mirror
    /// Version numbers that count changes of one side only.
    case counter
    /// A timestamp.
    case time
    /// An id of the same shape that belongs to neither state (default keys, default volumes).
    case external
    /// A data source: looked up, not configured.
    case data
    /// One global object (IAM, Route 53, CloudFront) serves both sides.
    case shared
    /// Put aside by a rule that tfguard ships.
    case byDesign = "by-design"
    /// Put aside by the user's rule file.
    case rule

    /// In words, for explanations.
    public var words: String {
        switch self {
        case .reference: "ids, ARNs or names of counterparts"
        case .computed: "chosen by the provider"
        case .name: "the object's own name"
        case .region: "the side's own region"
        case .zone: "the side's own zone"
        case .account: "the side's own account"
        case .cidr: "the same place in the side's own network"
        case .tag: "a tag replacement that many objects share"
        case .peer: "each side names the other"
        case .empty: "nothing, written in two ways"
        case .order: "the same members in another order"
        case .mirror: "a copy of what another resource says, or a deprecated view of it"
        case .counter: "counts the changes of one side"
        case .time: "a time"
        case .external: "an id of the same shape that belongs to neither state"
        case .data: "a data source: looked up, not configured"
        case .shared: "one global object serves both sides"
        case .byDesign: "a by-design rule that tfguard ships"
        case .rule: "a rule of the user's"
        }
    }

    /// Position in `allCases`.
    var ordinal: Int {
        switch self {
        case .reference: 0
        case .computed: 1
        case .name: 2
        case .region: 3
        case .zone: 4
        case .account: 5
        case .cidr: 6
        case .tag: 7
        case .peer: 8
        case .empty: 9
        case .order: 10
        case .mirror: 11
        case .counter: 12
        case .time: 13
        case .external: 14
        case .data: 15
        case .shared: 16
        case .byDesign: 17
        case .rule: 18
        }
    }

    public static func < (left: ExpectedReason, right: ExpectedReason) -> Bool { left.rawValue < right.rawValue }
}
