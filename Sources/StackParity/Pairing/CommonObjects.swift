internal import TerraformState

/// Objects that stand on both sides because one state holds both and the object serves both.
struct CommonObjects: Sendable {
    /// Number of the primary's state by number of DR's, where both are parts of one state.
    private var members: [Int32: Int32] = [:]

    init(_ primary: Stack, _ dr: Stack) {
        for (number, mine) in primary.members.enumerated() where mine.selection != nil {
            let other = dr.members.firstIndex { $0.selection != nil && $0.state.lineage == mine.state.lineage && $0.state.serial == mine.state.serial }
            if let other { members[Int32(other)] = Int32(number) }
        }
    }

    /// Whether both sides are parts of one state.
    var isOneState: Bool { !members.isEmpty }

    func isCommon(_ mine: Side.Instance, _ other: Side.Instance) -> Bool {
        guard !members.isEmpty, mine.ordinal == other.ordinal else { return false }
        return members[other.member] == mine.member
    }

    /// Key of an object of the primary, and of one of DR: equal for one and the same.
    func key(_ mine: Side.Instance) -> UInt64 { Self.key(mine.member, mine.ordinal) }
    func drKey(_ other: Side.Instance) -> UInt64? { members[other.member].map { Self.key($0, other.ordinal) } }

    private static func key(_ member: Int32, _ ordinal: Int32) -> UInt64 { UInt64(UInt32(bitPattern: member)) << 32 | UInt64(UInt32(bitPattern: ordinal)) }
}
