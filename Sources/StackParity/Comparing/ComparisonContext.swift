/// What every comparison of a pair reads and none changes; shared, so that a comparator is cheap to copy.
final class ComparisonContext {
    let primary: Side
    let dr: Side
    let table: PairTable
    let index: IdentityIndex
    let learned: Correspondences
    let satellites: Satellites
    /// Texts that were found to name nothing of the primary's, wherever they stand.
    var clean = TextCache()

    init(primary: Side, dr: Side, table: PairTable, index: IdentityIndex, learned: Correspondences) {
        self.primary = primary
        self.dr = dr
        self.table = table
        self.index = index
        self.learned = learned
        satellites = Satellites([primary, dr], index: index)
    }
}
