/// What a state says of itself in its head, and how much it holds.
public struct StateSummary: Hashable, Sendable {
    public let formatVersion: UInt64
    public let generation: Generation
    /// Empty in version 1.
    public let terraformVersion: String
    public let resourceCount: Int
    public let instanceCount: Int
}
