import Foundation
import StackParity
import StateJSON
import TerraformState
import Testing

/// A pair of the corpus on its way to another world: other regions, names, layouts; the truth goes with it.
struct RewrittenPair {
    typealias Object = [String: Any]

    /// Text of the primary's state, or of the state that holds both sides.
    var primary: String
    /// Nil when one state holds both sides.
    var dr: String?
    var truth: PairTruth
    var region = "us-east-1"
    var drRegion = "us-west-2"
    /// The sides were exchanged: what the truth calls the primary is compared as DR.
    var isSwapped = false

    init(_ name: String) throws {
        let folder = Corpus.pairs.appending(path: name)
        let both = folder.appending(path: "both.tfstate"), own = folder.appending(path: "primary.tfstate")
        if FileManager.default.fileExists(atPath: both.path) {
            primary = try String(contentsOf: both, encoding: .utf8)
        } else {
            primary = try String(contentsOf: FileManager.default.fileExists(atPath: own.path) ? own : Corpus.pairs.appending(path: "primary-base.tfstate"), encoding: .utf8)
            dr = try String(contentsOf: folder.appending(path: "dr.tfstate"), encoding: .utf8)
        }
        truth = try CorpusParityTests.truth()[name] ?? PairTruth(real: [])
    }

    // MARK: Texts

    /// Replaces in both states, the longest words first, each place once.
    mutating func replace(_ words: [(String, String)]) {
        primary = Self.replaced(primary, words)
        dr = dr.map { Self.replaced($0, words) }
    }

    static func replaced(_ text: String, _ words: [(String, String)]) -> String {
        var text = text
        let ordered = words.sorted { $0.0.utf8.count > $1.0.utf8.count }
        for (position, word) in ordered.enumerated() { text = text.replacingOccurrences(of: word.0, with: "\u{1}\(position)\u{2}") }
        for (position, word) in ordered.enumerated() { text = text.replacingOccurrences(of: "\u{1}\(position)\u{2}", with: word.1) }
        return text
    }

    // MARK: Structure

    /// Changes the resources of one side; the addresses in the truth follow by `address`.
    mutating func edit(_ side: Side, _ address: (String) -> String = { $0 }, _ change: (inout [Object]) -> Void) throws {
        guard let text = side == .primary ? primary : dr else { return }
        var state = try Self.object(text)
        var resources = state["resources"] as? [Object] ?? []
        change(&resources)
        state["resources"] = resources
        let edited = try Self.text(state)
        if side == .primary { primary = edited } else { dr = edited }
        move(side, address)
    }

    private mutating func move(_ side: Side, _ address: (String) -> String) {
        func moved(_ entries: [[String]]) -> [[String]] {
            entries.map { ($0[0] == "extra") == (side == .dr) ? [$0[0], address($0[1]), $0[2]] : $0 }
        }
        truth.real = moved(truth.real)
        truth.intended = truth.intended.map(moved)
        truth.also = truth.also.map(moved)
    }

    enum Side: Hashable { case primary, dr }

    static func object(_ text: String) throws -> Object { try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object ?? [:] }
    static func text(_ object: Object) throws -> String { String(decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self) }

    /// Puts DR's resources into the primary's state.
    mutating func join() throws {
        guard let other = dr else { return }
        var state = try Self.object(primary)
        state["resources"] = (state["resources"] as? [Object] ?? []) + (try Self.object(other)["resources"] as? [Object] ?? [])
        primary = try Self.text(state)
        dr = nil
    }

    // MARK: Comparing

    func report(_ options: ParityOptions = ParityOptions()) throws -> ParityReport {
        func state(_ text: String) throws -> TerraformState { try TerraformState(parsing: StateBytes(Array(text.utf8))) }
        let rules = ParityRules(ignore: CorpusParityTests.rules)
        if let dr {
            let (left, right) = (Stack(try state(primary)), Stack(try state(dr)))
            return isSwapped ? StackParity.compare(primary: right, dr: left, rules: rules, options: options) : StackParity.compare(primary: left, dr: right, rules: rules, options: options)
        }
        let split = try #require(StackSplit(try state(primary)), "no two stacks in the state")
        return StackParity.compare(primary: split.primary, dr: split.dr, rules: rules, options: options)
    }

    /// What is missed and what is noise, in the words of the truth.
    func outcome() throws -> CorpusParityTests.Outcome {
        var found = try report()
        guard isSwapped else { return CorpusParityTests.judge(found, truth) }
        found.findings = found.findings.map { finding in
            var mirrored = finding
            (mirrored.primaryAddress, mirrored.drAddress) = (finding.drAddress, finding.primaryAddress)
            if finding.findingClass == .missing { mirrored.findingClass = .extra }
            if finding.findingClass == .extra { mirrored.findingClass = .missing }
            return mirrored
        }
        var outcome = CorpusParityTests.judge(found, truth)
        // The shipped rules speak of what a DR side lacks or has more: the other way round it may be told.
        let intended = Set((truth.intended ?? []).map { $0.joined(separator: " ") })
        outcome.noise.removeAll { intended.contains($0) || $0.hasPrefix("extra aws_backup_plan") }
        return outcome
    }
}
