import Reports

/// One side of a comparison of sites, and what came of reading its states.
struct ReadSite {
    let site: StatePairing.Side
    let isPrimary: Bool
    private let readings: [String: SiteStates.Reading]

    init(_ site: StatePairing.Side, isPrimary: Bool, _ readings: [String: SiteStates.Reading]) {
        (self.site, self.isPrimary, self.readings) = (site, isPrimary, readings)
    }

    subscript(_ key: String) -> SiteStates.Reading? { readings[key] }

    /// The readings in the order of the keys.
    var inOrder: [SiteStates.Reading] { site.keys.compactMap { readings[$0] } }

    /// Whether anything is left that is not deleted.
    var hasStates: Bool { readings.values.contains { if case .deleted = $0 { false } else { true } } }
}
