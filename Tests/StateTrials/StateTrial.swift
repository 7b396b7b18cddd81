public import StateJSON
import StackParity
import StateComparison
import TerraformState

/// Puts bytes of any kind through everything that reads states: what must hold for all of them is checked, and what must
/// never happen (a trap, a stack that overflows, a walk without end) shows itself.
public struct StateTrial: Sendable {
    /// A property that did not hold.
    public struct Violation: Error, CustomStringConvertible {
        public let description: String
    }

    private let original: TerraformState?

    /// - Parameter original: what the bytes of each trial are compared with.
    public init(against original: StateBytes) {
        self.original = StateReading(original).state
    }

    /// - Parameter withDrift: whether to compare with the original as a second region, which costs most.
    public func run(_ bytes: StateBytes, withDrift: Bool) throws(Violation) {
        let reading = StateReading(bytes)
        _ = (reading.verdict, reading.form.description, StateHead(prefix: bytes[0..<min(bytes.count, 512)]))
        try checkPieces(bytes, isState: reading.state != nil)
        if let document = reading.document { try checkCanonicalText(document) }
        let deferred = StateReading(bytes, deferring: .instanceAttributes)
        try expect(deferred.form == reading.form, "what the bytes are does not depend on what is deferred")
        if let document = reading.document, let other = deferred.document { try checkDeferral(document, other) }
        guard let state = reading.state else { return }
        let problems = state.problems
        try expect(problems.filter { $0.effect != .suspicious } == state.refusals, "refusals are the problems but the suspicious ones")
        try expect(StateDiff(from: state, to: state).isEmpty, "a state does not differ from itself")
        try checkSerial(state)
        guard let original else { return }
        try checkMirror(original, state, isSound: state.refusals.isEmpty)
        if let other = deferred.state { try checkDiff(original, state, other) }
        if withDrift { _ = StackParity.compare(primary: Stack(original), dr: Stack(state)) }
    }

    private func checkPieces(_ bytes: StateBytes, isState: Bool) throws(Violation) {
        let pieces = pieceBoundaries(of: bytes)
        try expect(pieces.isEmpty == !isState, "a state has pieces, and nothing else has")
        var end = 0
        for piece in pieces {
            try expect(piece.lowerBound == end, "pieces follow one another")
            end = piece.upperBound
        }
        try expect(pieces.isEmpty || end == bytes.count, "the pieces are the file")
    }

    private func checkCanonicalText(_ document: JSONDocument) throws(Violation) {
        let text = document.root.canonicalBytes
        guard let again = try? JSONDocument(parsing: StateBytes(text)) else { throw Violation(description: "canonical text parses") }
        try expect(again.root.isEqual(to: document.root) && again.root.canonicalBytes == text, "canonical text means the same")
        try expect(again.duplicateKeys.isEmpty, "canonical text repeats no name")
        _ = document.duplicateKeys
    }

    private func checkDeferral(_ document: JSONDocument, _ deferred: JSONDocument) throws(Violation) {
        let root = document.root, other = deferred.root
        try expect(other.canonicalBytes == root.canonicalBytes, "deferred parts have the same canonical text")
        try expect(other.isEqual(to: root), "deferred parts are equal to what they stand for")
        try expect(other.nested.map(\.value.rawRange) == root.nested.map(\.value.rawRange), "a walk comes by the same values")
        try expect(deferred.duplicateKeys.map(\.value.rawRange) == document.duplicateKeys.map(\.value.rawRange), "the same names repeat")
    }

    private func checkDiff(_ original: TerraformState, _ state: TerraformState, _ deferred: TerraformState) throws(Violation) {
        try expect(deferred.problems == state.problems, "the same problems are found")
        let whole = StateDiff(from: original, to: state).changes, other = StateDiff(from: original, to: deferred).changes
        try expect(whole.map(\.action) == other.map(\.action) && whole.map(\.address) == other.map(\.address), "the same changes are found")
        let values = [whole, other].map { $0.flatMap(\.attributes).map { "\($0.path) \($0.before?.rawRange ?? 0..<0) \($0.after?.rawRange ?? 0..<0) \($0.isSensitive)" } }
        try expect(values[0] == values[1], "the same attributes differ")
    }

    private func checkSerial(_ state: TerraformState) throws(Violation) {
        // A state whose serial is null or missing cannot be patched in place, and says so.
        guard let patched = try? replacingSerial(in: state.document, with: 77), let again = StateReading(patched).state else { return }
        try expect(again.serial == 77, "a patched serial is read back")
        try expect(StateDiff(from: state, to: again).isEmpty, "only the serial differs")
    }

    private func checkMirror(_ original: TerraformState, _ state: TerraformState, isSound: Bool) throws(Violation) {
        let forth = StateDiff(from: original, to: state).counts, back = StateDiff(from: state, to: original).counts
        guard isSound else { return }
        try expect(forth[.add] == back[.remove] && forth[.remove] == back[.add], "what came on the way there goes on the way back: \(forth) \(back)")
        try expect(forth[.move] == back[.move], "what moves there moves back: \(forth) \(back)")
    }

    private func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(Violation) {
        if !condition { throw Violation(description: what()) }
    }
}
