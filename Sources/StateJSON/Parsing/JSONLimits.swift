/// What a document may cost before parsing gives up with ``JSONSyntaxError``.
public struct JSONLimits: Sendable, Hashable {
    /// Deepest nesting of arrays and objects. Go's encoding/json, and so Terraform, stops at 10 000.
    public var depth: Int
    /// Most bytes. The tape's offsets have 32 bits: more than 4 GiB is refused whatever is set here.
    public var bytes: Int
    /// Most tape words: one per value and per object key, one more per array or object that is not empty. At most 2^28 - 1.
    public var values: Int

    public init(depth: Int = 10_000, bytes: Int = 2 << 30, values: Int = (1 << 28) - 1) {
        self.depth = depth
        self.bytes = bytes
        self.values = values
    }

    /// Depth 10 000, 2 GiB, 268 million values: nothing Terraform writes comes near.
    public static let `default` = JSONLimits()
}
