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
        let match = SiteMatch(
            ReadSite(primary.side, isPrimary: true, try await primary.read(primary.side.keys)), ReadSite(dr.side, isPrimary: false, try await dr.read(dr.side.keys)),
            try StatePairing(primary.side, dr.side, configured: comparison.rules.pairs))
        guard match.hasStates else {
            throw Complaint(.failure, left.site, "has no states, and \(right.site) has none: all of them are deleted.", hint: "--as-of compares the versions of an earlier time.")
        }
        notices += match.notices
        problems += match.problems
        comparison.compare(match.pairs)
        for pair in match.lonely { comparison.add(pair) }
    }
}
