import StateJSON
import Testing

@Suite struct NestedTests {
    @Test func walksEveryValueWithTheNearestName() throws {
        let root = try parsed(#"{"a": [1, [2], {"b": null}], "c": {}, "d": []}"#)
        let walked = root.nested.map { "\($0.name?.string ?? "-") \($0.value.kind)" }
        #expect(walked == ["- object", "a array", "a number", "a array", "a number", "a object", "b null", "c object", "d array"])
        #expect(Array(try parsed("7").nested).map(\.value.int) == [7])
        let inner = try #require(root["a"])
        #expect(inner.nested.map { "\($0.name?.string ?? "-")" } == ["-", "-", "-", "-", "-", "b"], "nothing outside is walked")
    }

    @Test func anIndexKnowsTheLastOfEqualNames() throws {
        for width in [2, 40] {
            let filler = (0..<width).map { "\"f\($0)\": \($0)" }.joined(separator: ",")
            let root = try parsed(#"{"a": 1, \#(filler), "\u0061": 2, "f1": "last"}"#), index = MemberIndex(root)
            let names = try parsed(#"{"a": 0, "f0": 0, "f1": 0, "none": 0}"#)
            #expect(names.members.map { index[$0.key]?.int } == [2, 0, nil, nil])
            #expect(index.count == width + 1)
            #expect(index.members.map(\.key.string) == (0..<width).map { "f\($0)" }.filter { $0 != "f1" } + ["a", "f1"])
        }
        for empty in ["[1]", "{}"] { #expect(MemberIndex(try parsed(empty)).count == 0) }
    }

    @Test(.timeLimit(.minutes(10))) func equalityOfDeepValuesIsLinear() throws {
        func deep(_ inner: String) throws -> JSONValue { try parsed(String(repeating: "[1,", count: 9_999) + inner + String(repeating: "]", count: 9_999)) }
        #expect(!(try deep("1").isEqual(to: deep("2"))))
        #expect(try deep("1.0").isEqual(to: deep("1")))
        #expect(!(try deep("[]").isEqual(to: deep("{}"))))
    }
}
