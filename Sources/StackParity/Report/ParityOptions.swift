/// How much a comparison tells.
public struct ParityOptions: Sendable {
    /// Keep every expected difference, not only the counts.
    public var listsExpected: Bool
    /// Keep expected differences of these addresses (of either side) even when `listsExpected` is off.
    public var explained: Set<String>

    public init(listsExpected: Bool = false, explained: Set<String> = []) {
        self.listsExpected = listsExpected
        self.explained = explained
    }
}
