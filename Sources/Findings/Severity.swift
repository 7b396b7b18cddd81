/// How much a finding matters on the day of a failover or a restore.
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    /// Worth knowing; nothing to do.
    case info
    /// Cosmetic, or a hygiene matter.
    case low
    /// Would cost time or capacity on the worst day.
    case medium
    /// Would break a part of the failover or of a restore.
    case high
    /// Data would be lost, or the failover would not work at all.
    case critical

    public static func < (left: Severity, right: Severity) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .info: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        case .critical: 4
        }
    }
}
