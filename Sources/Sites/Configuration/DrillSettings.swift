/// What a rehearsal of a restore is held against: `drill: { recovery_time: 15m }`.
public struct DrillSettings: Sendable, Equatable {
    /// The recovery time objective: how long the restore of all states may take.
    public var recoveryTime: Duration?

    public init(recoveryTime: Duration? = nil) {
        self.recoveryTime = recoveryTime
    }
}

extension DrillSettings {
    init(reading node: YAMLMapping) {
        self.init(recoveryTime: node.duration("recovery_time"))
        node.reportUnknownKeys()
    }
}
