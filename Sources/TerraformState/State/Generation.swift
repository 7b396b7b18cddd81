/// Which write of which history a state is. Two states of one generation should have the same content; when they have
/// not, two writers forked the history.
public struct Generation: Hashable, Sendable {
    /// Counts the writes; Terraform's own type, an unsigned 64-bit number.
    public let serial: UInt64
    /// Names the history: opaque, mostly a UUID, empty in states that never had one.
    public let lineage: String

    public init(serial: UInt64, lineage: String) {
        self.serial = serial
        self.lineage = lineage
    }
}

extension Generation: CustomStringConvertible {
    public var description: String { "serial \(serial), lineage \(lineage.isEmpty ? "(none)" : lineage)" }
}
