import StateComparison
import StateJSON
import TerraformState
import Testing

/// Nesting and widths that no provider makes, but anybody can write into a state: each walk takes time in proportion to
/// the text, and no more of the thread's stack than for an ordinary state. The time limit is what fails here.
@Suite(.timeLimit(.minutes(5)))
struct HostileNestingTests {
    private func diff(_ old: String, _ new: String, extra: String = "") throws -> StateDiff {
        func state(_ attributes: String) throws -> StateText {
            var text = StateText()
            text.resources = [StateText.resource("aws_x.y", StateText.instance(attributes, extra))]
            return text
        }
        return StateDiff(from: try state(old).state, to: try state(new).state)
    }

    private func nested(_ open: String, _ inner: String, _ close: String, levels: Int = 9_000) -> String {
        "{\"id\": \"i\", \"x\": " + String(repeating: open, count: levels) + inner + String(repeating: close, count: levels) + "}"
    }

    @Test(arguments: [("[", "]", 9_000), ("{\"a\":", "}", 9_000), ("[{\"a\":", "}]", 4_900), ("[0,", ",{\"z\":[1]}]", 4_900), ("{\"b\":1,\"a\":", "}", 9_000)])
    func valuesNestedThousandsOfLevelsDeepAreCompared(open: String, close: String, levels: Int) throws {
        let change = try #require(try diff(nested(open, "1", close, levels: levels), nested(open, "2", close, levels: levels)).changes.first)
        #expect(change.action == .change)
        let attribute = try #require(change.attributes.first)
        #expect(change.attributes.count == 1)
        #expect(attribute.path.steps.count == 64, "what lies deeper is shown as a whole")
        #expect(attribute.before?.isEqual(to: try #require(attribute.after)) == false)
        #expect(try diff(nested(open, "1", close, levels: levels), nested(open, " 1 ", close, levels: levels)).isEmpty)
    }

    @Test func oneLevelMoreOrLessIsAChange() throws {
        #expect(try diff(nested("[", "1", "]", levels: 9_000), nested("[", "1", "]", levels: 9_001)).changes.count == 1)
    }

    @Test func deepValuesOfOutputsAndInsideTextsAreCompared() throws {
        func state(_ inner: String) throws -> StateText {
            var text = StateText()
            text.outputs = #"{"o": {"value": \#(nested("{\"a\":", inner, "}")), "type": "dynamic"}}"#
            text.resources = [StateText.resource("aws_x.y", StateText.instance("{\"p\": \"\(nested("[", inner, "]").replacing("\"", with: "\\\""))\"}"))]
            return text
        }
        let diff = StateDiff(from: try state("1").state, to: try state("2").state)
        #expect(diff.outputs.map(\.attributes.count) == [1])
        #expect(diff.changes.map(\.attributes.count) == [1])
    }

    @Test func secretsAreFoundAtAnyDepth() throws {
        let quiet = nested("{\"a\":", "\"x\"", "}"), token = nested("{\"a\":", "\"ghp_0123456789012345678901234567890123456789\"", "}")
        #expect(try diff(quiet, token).changes.first?.attributes.map(\.isSensitive) == [true])
        #expect(try diff(quiet, nested("{\"a\":", "\"y\"", "}")).changes.first?.attributes.map(\.isSensitive) == [false])
        #expect(try diff(quiet, nested("{\"a\":", "{\"password\": \"y\"}", "}")).changes.first?.attributes.map(\.isSensitive) == [true])
    }

    private static let many = 5_000

    @Test func wideObjectsAreComparedByTable() throws {
        func object(_ value: Int, step: Int = 1) -> String {
            "{" + stride(from: 0, to: Self.many * step, by: step).map { "\"k\($0)\": \(value)" }.joined(separator: ",") + "}"
        }
        #expect(try diff(object(1), object(2)).changes.first?.attributes.count == Self.many)
        #expect(try diff("{\"m\": \(object(1))}", "{\"m\": \(object(1, step: 2))}").changes.first?.attributes.count == Self.many)
    }

    @Test func ofRepeatedNamesTheLastCounts() throws {
        func object(_ last: Int) -> String { "{" + (0..<Self.many).map { "\"k\": \($0)" }.joined(separator: ",") + ", \"k\": \(last)}" }
        #expect(try diff(object(-1), object(-2)).changes.first?.attributes.count == 1)
        #expect(try diff(object(-1), "{\"k\": -1}").isEmpty)
    }

    @Test func longArraysAreAligned() throws {
        func array(_ range: Range<Int>) -> String { "{\"x\": [" + range.map { "{\"n\": \"e\($0)\"}" }.joined(separator: ",") + "]}" }
        let gone = try #require(try diff(array(0..<Self.many), array(7..<Self.many)).changes.first?.attributes)
        #expect(gone.map(\.path.description) == (0..<7).map { "x[\($0)]" })
        #expect(try diff(array(0..<Self.many), array(Self.many..<3 * Self.many)).changes.first?.attributes.count == 3 * Self.many)
    }

    /// Every value begins as every secret does, at every place.
    @Test func manySecretsThatBeginAlikeAreSearchedInOnePass() throws {
        let secrets = (0..<1_000).map { "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\($0)!\"" }.joined(separator: ",")
        let marks = ", \"sensitive_attributes\": [[{\"type\": \"get_attr\", \"value\": \"s\"}]]"
        func attributes(_ end: String) -> String { "{\"s\": [\(secrets)], \"t\": \"\(String(repeating: "a", count: 100_000))\(end)\"}" }
        #expect(try diff(attributes("1"), attributes("2"), extra: marks).changes.first?.attributes.map(\.isSensitive) == [false])
        #expect(try diff(attributes("1"), attributes("17!"), extra: marks).changes.first?.attributes.map(\.isSensitive) == [true])
    }

    @Test func manyMarksAndManyDifferences() throws {
        let names = (0..<1_000).map { "k\($0)" }
        let marks = names.map { "[{\"type\": \"get_attr\", \"value\": \"m\"}, {\"type\": \"index\", \"value\": {\"value\": \"\($0)\", \"type\": \"string\"}}]" }
        func attributes(_ value: Int) -> String { "{\"m\": {" + names.map { "\"\($0)\": \(value), \"other-\($0)\": \(value)" }.joined(separator: ",") + "}}" }
        let found = try #require(try diff(attributes(1), attributes(2), extra: ", \"sensitive_attributes\": [\(marks.joined(separator: ","))]").changes.first?.attributes)
        #expect(found.count == 2_000)
        #expect(found.count { $0.isSensitive } == 1_000)
    }
}
