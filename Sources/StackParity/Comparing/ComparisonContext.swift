/// What every comparison of a pair reads and none changes; shared by all workers.
final class ComparisonContext: Sendable {
    let primary: Side
    let dr: Side
    let table: PairTable
    let index: IdentityIndex
    let learned: Correspondences
    let satellites: Satellites
    /// The same with the sides in each other's place; nil in itself.
    let mirrored: ComparisonContext?

    init(primary: Side, dr: Side, table: PairTable, index: IdentityIndex, learned: Correspondences) {
        self.primary = primary
        self.dr = dr
        self.table = table
        self.index = index
        self.learned = learned
        satellites = Satellites([primary, dr], index: index)
        mirrored = ComparisonContext(mirroring: primary, dr, table, index, learned, satellites)
    }

    private init(mirroring primary: Side, _ dr: Side, _ table: PairTable, _ index: IdentityIndex, _ learned: Correspondences, _ satellites: Satellites) {
        self.primary = dr
        self.dr = primary
        self.table = table.mirrored
        self.index = index.mirrored
        self.learned = learned.mirrored
        self.satellites = satellites
        mirrored = nil
    }
}
