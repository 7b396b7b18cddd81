import Findings
import Reports
import Sites
import Snapshots
import StackParity
import TerraformState
import Timestamps

/// Finds the states that two arguments mean, reads them, and hands them to the comparison.
struct DriftRun {
    let lookup: StateLookup
    let configuration: Configuration?
    /// Text of `--as-of`.
    let asOf: String?
    let fromVault: Bool
    var comparison: DriftComparison
    private(set) var notices: [Notice] = []
    private(set) var problems: [Problem] = []

    init(lookup: StateLookup, configuration: Configuration?, asOf: String?, fromVault: Bool, comparison: DriftComparison) {
        self.lookup = lookup
        self.configuration = configuration
        self.asOf = asOf
        self.fromVault = fromVault
        self.comparison = comparison
    }

    /// Two sites, or two states.
    mutating func compare(_ primaryText: String, _ drText: String) async throws {
        guard primaryText != "-" || drText != "-" else {
            throw UsageProblem("-", "Standard input can be only one of the two states", hint: "Give a file or a reference for the other.")
        }
        let primary = try reference(primaryText)
        let dr = try reference(drText)
        if case .site(let left) = primary, case .site(let right) = dr, left.key == nil, right.key == nil {
            return try await compareSites(left, right)
        }
        // Reading and examining cost as much as comparing: both sides at once.
        async let other = state(dr)
        let left = take(try await state(primary))
        let right = take(try await other)
        comparison.compare([DriftComparison.StatePair(primary: left, dr: right, scope: nil)])
    }

    /// One state that holds both stacks.
    mutating func compareStacks(in text: String, by criterion: StackSplit.Criterion?) async throws {
        let state = try await read(try reference(text))
        guard let split = DeepStack.run({ StackSplit(state.state, reference: state.reference, by: criterion) }) else {
            throw Complaint(
                .failure, state.reference, criterion.map { "holds no two stacks apart by \($0)." } ?? "holds no two stacks that could be told apart.",
                hint: criterion == nil ? "Say how with --split \(SplitArgument.forms), or give a second state." : "tfguard show -v lists the addresses.")
        }
        comparison.compare(split, of: state)
    }

    /// What a text means, at the time that `--as-of` names and from where `--from-vault` says.
    private func reference(_ text: String) throws -> StateReference {
        var reference = try lookup.parse(text, configuration)
        guard case .site(var site) = reference else { return reference }
        if fromVault { site.fromVault = true }
        if let asOf, site.version == .latest { site.version = try Self.moment(asOf) }
        reference = .site(site)
        return reference
    }

    private static func moment(_ text: String) throws(UsageProblem) -> VersionSelector {
        if let time = Timestamp(rfc3339: text) { return .at(time) }
        if let age = RelativeTime(text) { return .ago(age) }
        throw UsageProblem(
            "--as-of", "\"\(text)\" is no time", hint: "Give a time with its zone (2026-11-22T14:00:00Z), or an age (\(RelativeTime.acceptedForms)).")
    }

    private mutating func read(_ reference: StateReference) async throws -> ComparableState { take(try await state(reference)) }

    private func state(_ reference: StateReference) async throws -> ComparableState {
        try ComparableState(try await lookup.catalog(for: reference, configuration).read(reference))
    }

    /// Notes what a state has to tell beside its content.
    private mutating func take(_ state: ComparableState) -> ComparableState {
        notices += state.notices
        problems += state.problems
        return state
    }

    // MARK: Sites

    private mutating func compareSites(_ left: SiteReference, _ right: SiteReference) async throws {
        let primary = try await SiteStates(left, lookup, configuration)
        let dr = try await SiteStates(right, lookup, configuration)
        for site in [primary, dr] {
            problems += site.notes.map { Problem(reference: site.side.site, message: $0, hint: "--from-vault reads the vault on purpose.") }
        }
        let pairing = try StatePairing(primary.side, dr.side, configured: comparison.rules.pairs)
        let here = DriftSide(site: primary.side, isPrimary: true, readings: try await primary.read(primary.side.keys))
        let there = DriftSide(site: dr.side, isPrimary: false, readings: try await dr.read(dr.side.keys))
        guard here.hasStates || there.hasStates else {
            throw Complaint(.failure, left.site, "has no states, and \(right.site) has none: all of them are deleted.", hint: "--as-of compares the versions of an earlier time.")
        }
        compare(here, there, pairing)
    }

    /// Pairs whose states were both read are compared together; of the others is said what is missing where.
    private mutating func compare(_ primary: DriftSide, _ dr: DriftSide, _ pairing: StatePairing) {
        var states: [DriftComparison.StatePair] = []
        var lonely: [(side: DriftSide, state: ComparableState, key: String, isDeletedThere: Bool)] = []
        for pair in pairing.pairs {
            switch (primary.readings[pair.primary], dr.readings[pair.dr]) {
            case (.state(let one)?, .state(let other)?): states.append(DriftComparison.StatePair(primary: one, dr: other, scope: pairing.scope(of: pair, primary.site)))
            case (.state(let one)?, .deleted?): lonely.append((primary, one, pair.primary, true))
            case (.deleted?, .state(let other)?): lonely.append((dr, other, pair.dr, true))
            default: break
            }
        }
        let unpaired = [(primary, pairing.onlyPrimary), (dr, pairing.onlyDR)].map { side, keys in
            keys.compactMap { key in side.state(key).map { (side: side, state: $0, key: key, isDeletedThere: false) } }
        }
        // The only state of each that is not deleted.
        if states.isEmpty, lonely.isEmpty, let one = unpaired[0].first, let other = unpaired[1].first, unpaired.allSatisfy({ $0.count == 1 }) {
            states = [DriftComparison.StatePair(primary: one.state, dr: other.state, scope: primary.site.relative(one.key))]
        } else {
            lonely += unpaired.joined()
        }
        for reading in [primary, dr].flatMap(\.inOrder) {
            switch reading {
            case .state(let state):
                notices += state.notices
                problems += state.problems
            case .failed(let found): problems += found
            case .deleted: break
            }
        }
        comparison.compare(states)
        for one in lonely { comparison.add(Self.pair(one.side, one.state, one.key, isDeletedThere: one.isDeletedThere)) }
    }

    /// A state without a partner is a finding by itself.
    private static func pair(_ side: DriftSide, _ state: ComparableState, _ key: String, isDeletedThere: Bool) -> DriftReport.Pair {
        let instances = state.state.instanceCount
        let shown = DriftReport.Side(reference: state.reference, serial: state.state.serial, instances: instances)
        let other = side.isPrimary ? "DR" : "primary"
        let what = isDeletedThere ? "the \(other) site's state is deleted" : "no state of the \(other) site belongs to this one"
        // An empty state has nothing that DR could miss.
        var findings: [DriftReport.Entry] = []
        if instances > 0 {
            findings = [
                DriftReport.Entry(
                    id: "\(side.isPrimary ? "missing" : "extra")-state@\(key)", findingClass: side.isPrimary ? "missing" : "extra",
                    ruleID: side.isPrimary ? "drift.missing-state" : "drift.extra-state", severity: side.isPrimary ? .high : .low,
                    primaryAddress: side.isPrimary ? key : nil, drAddress: side.isPrimary ? nil : key,
                    reason: side.isPrimary ? "\(what): \(Quantity.count(instances, "instance has", "instances have")) no counterpart" : what)
            ]
        }
        return DriftReport.Pair(primary: side.isPrimary ? shown : nil, dr: side.isPrimary ? nil : shown, findings: findings)
    }
}

/// One side of a comparison of sites, read.
private struct DriftSide {
    let site: StatePairing.Side
    let isPrimary: Bool
    let readings: [String: SiteStates.Reading]

    var inOrder: [SiteStates.Reading] { site.keys.compactMap { readings[$0] } }
    /// Whether anything is left that is not deleted.
    var hasStates: Bool { readings.values.contains { if case .deleted = $0 { false } else { true } } }

    func state(_ key: String) -> ComparableState? {
        if case .state(let state)? = readings[key] { state } else { nil }
    }
}
