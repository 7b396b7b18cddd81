import Findings
import Reports
import TerraformState

/// What of two sites that were read is compared, and what has nothing on the other side.
///
/// A state that is deleted on both sides is nothing; one that is deleted on one side is missing there.
struct SiteMatch {
    private(set) var pairs: [DriftComparison.StatePair] = []
    /// States that only one side has, with what that means.
    private(set) var lonely: [DriftReport.Pair] = []
    private(set) var notices: [Notice] = []
    private(set) var problems: [Problem] = []
    /// Whether either side has anything that is not deleted.
    let hasStates: Bool

    private struct Lonely {
        var side: ReadSite
        var key: String
        var state: ComparableState
        var isDeletedThere: Bool
    }

    init(_ primary: ReadSite, _ dr: ReadSite, _ pairing: StatePairing) {
        hasStates = primary.hasStates || dr.hasStates
        var alone: [Lonely] = []
        for pair in pairing.pairs {
            switch (primary[pair.primary], dr[pair.dr]) {
            case (.state(let one)?, .state(let other)?): pairs.append(DriftComparison.StatePair(primary: one, dr: other, scope: pairing.scope(of: pair, primary.site)))
            case (.state(let one)?, .deleted?): alone.append(Lonely(side: primary, key: pair.primary, state: one, isDeletedThere: true))
            case (.deleted?, .state(let other)?): alone.append(Lonely(side: dr, key: pair.dr, state: other, isDeletedThere: true))
            // Both deleted, or one could not be read, which is a problem of its own.
            default: break
            }
        }
        let unpaired = [Self.unpaired(primary, pairing.onlyPrimary), Self.unpaired(dr, pairing.onlyDR)]
        // The only state of each that is not deleted.
        if pairs.isEmpty, alone.isEmpty, let one = unpaired[0].first, let other = unpaired[1].first, unpaired.allSatisfy({ $0.count == 1 }) {
            pairs = [DriftComparison.StatePair(primary: one.state, dr: other.state, scope: primary.site.relative(one.key))]
        } else {
            alone += unpaired.joined()
        }
        lonely = alone.map(Self.pair)
        for reading in primary.inOrder + dr.inOrder {
            switch reading {
            case .state(let state):
                notices += state.notices
                problems += state.problems
            case .failed(let found): problems += found
            case .deleted: break
            }
        }
    }

    private static func unpaired(_ side: ReadSite, _ keys: [String]) -> [Lonely] {
        keys.compactMap { key in
            guard case .state(let state)? = side[key] else { return nil }
            return Lonely(side: side, key: key, state: state, isDeletedThere: false)
        }
    }

    /// A state without a partner is a finding by itself.
    private static func pair(_ one: Lonely) -> DriftReport.Pair {
        let instances = one.state.state.instanceCount
        let isPrimary = one.side.isPrimary
        let shown = DriftReport.Side(reference: one.state.reference, serial: one.state.state.serial, instances: instances)
        let other = isPrimary ? "DR" : "primary"
        let what = one.isDeletedThere ? "the \(other) site's state is deleted" : "no state of the \(other) site belongs to this one"
        // An empty state has nothing that DR could miss.
        var findings: [DriftReport.Entry] = []
        if instances > 0 {
            findings = [
                DriftReport.Entry(
                    id: "\(isPrimary ? "missing" : "extra")-state@\(one.key)", findingClass: isPrimary ? "missing" : "extra",
                    ruleID: isPrimary ? "drift.missing-state" : "drift.extra-state", severity: isPrimary ? .high : .low,
                    primaryAddress: isPrimary ? one.key : nil, drAddress: isPrimary ? nil : one.key,
                    reason: isPrimary ? "\(what): \(Quantity.count(instances, "instance has", "instances have")) no counterpart" : what)
            ]
        }
        return DriftReport.Pair(primary: isPrimary ? shown : nil, dr: isPrimary ? nil : shown, findings: findings)
    }
}
