internal import ProviderSchema
internal import TerraformState

/// Both stacks, read: what every look at them begins with.
struct ComparisonBase: Sendable {
    let primary: Side
    let dr: Side
    let index: IdentityIndex
    let common: CommonObjects
    /// The states of both sides are paired one by one.
    let keepsMembers: Bool
    /// Pairs of states, where they are paired one by one.
    let memberCount: Int
    let workers: Workers

    init(primary: Stack, dr: Stack, schema: ProviderSchema, keepsMembers: Bool, workers: Workers) {
        let catalog = TypeCatalog(schema: schema)
        var (mine, other) = workers.both({ Side(primary, catalog: catalog) }, { Side(dr, catalog: catalog) })
        mine.readFacts(workers)
        other.readFacts(workers)
        var index = IdentityIndex(expecting: (mine.facts.count + other.facts.count) / 2)
        mine.note(symbols: index.claim(mine, inDR: false))
        other.note(symbols: index.claim(other, inDR: true))
        (self.primary, self.dr, self.index) = (mine, other, index)
        common = CommonObjects(primary, dr)
        self.keepsMembers = keepsMembers
        memberCount = primary.members.count
        self.workers = workers
    }
}
