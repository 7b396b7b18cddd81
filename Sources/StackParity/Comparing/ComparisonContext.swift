/// What every comparison of a pair reads and none changes; shared by all workers.
final class ComparisonContext: Sendable {
    let primary: Side
    let dr: Side
    let table: PairTable
    let index: IdentityIndex
    let learned: Correspondences
    let satellites: Satellites

    init(primary: Side, dr: Side, table: PairTable, index: IdentityIndex, learned: Correspondences) {
        self.primary = primary
        self.dr = dr
        self.table = table
        self.index = index
        self.learned = learned
        satellites = Satellites([primary, dr], index: index)
    }
}
