internal import ProviderSchema
internal import TerraformState

/// Both stacks, read: what every look at them begins with.
struct ComparisonBase: Sendable {
    let primary: Side
    let dr: Side
    let common: CommonObjects
    /// The states of both sides are paired one by one.
    let keepsMembers: Bool
    /// Pairs of states, where they are paired one by one.
    let memberCount: Int
    let workers: Workers

    /// - Parameter index: filled with what both sides call their own.
    init(primary: Stack, dr: Stack, schema: ProviderSchema, keepsMembers: Bool, workers: Workers, index: inout IdentityIndex) {
        let catalog = TypeCatalog(schema: schema)
        var (mine, other) = workers.both({ Side(primary, catalog: catalog) }, { Side(dr, catalog: catalog) })
        mine.readFacts(workers)
        other.readFacts(workers)
        index = IdentityIndex(expecting: (mine.facts.count + other.facts.count) / 2)
        mine.note(symbols: index.claim(mine, inDR: false))
        other.note(symbols: index.claim(other, inDR: true))
        (self.primary, self.dr) = (mine, other)
        common = CommonObjects(primary, dr)
        self.keepsMembers = keepsMembers
        memberCount = primary.members.count
        self.workers = workers
    }
}
