import StateJSON
import Testing

/// A document with deferred parts answers every question as the whole one does.
@Suite struct DeferralTests {
    private static let text = #"""
        {"list": [{"attributes": {"b": [1, {"c": null}], "a": "x\n", "a": {"attributes": [2]}}, "other": {"attributes": [3, {}]}},
                  {"attributes": [7, [8]], "attr\u0069butes": {"not": "deferred"}},
                  {"attributes": {}, "n": [{"attributes": {"deep": [true]}}]},
                  {"attributes": 5}]}
        """#
    private let whole: JSONDocument
    private let deferred: JSONDocument

    init() throws {
        let bytes = StateBytes(Self.text.utf8)
        whole = try JSONDocument(parsing: bytes)
        deferred = try JSONDocument(parsing: bytes, deferring: JSONDeferral(of: "attributes", inside: 3))
    }

    private func instance(_ index: Int, in document: JSONDocument) throws -> JSONValue {
        try #require(document.root["list"]?.element(at: index))
    }

    @Test func theContentTakesNoPlaceOnTheTape() throws {
        #expect(deferred.wordCount < whole.wordCount)
        let elsewhere = try JSONDocument(parsing: whole.bytes, deferring: JSONDeferral(of: "attributes", inside: 2))
        #expect(elsewhere.wordCount == whole.wordCount, "nothing of that name stands there")
    }

    @Test(arguments: 0..<4) func membersAndElementsAreAsEver(index: Int) throws {
        let a = try instance(index, in: whole), b = try instance(index, in: deferred)
        #expect(b.members.map(\.key.string) == a.members.map(\.key.string))
        for (left, right) in zip(a.members, b.members) {
            #expect(left.value.kind == right.value.kind && left.value.count == right.value.count && left.value.rawRange == right.value.rawRange)
            #expect(right.value.members.map(\.key.string) == left.value.members.map(\.key.string))
            #expect(right.value.members.map(\.value.rawRange) == left.value.members.map(\.value.rawRange))
            #expect(right.value.elements.map(\.rawRange) == left.value.elements.map(\.rawRange))
            #expect(right.value.element(at: 1)?.rawRange == left.value.element(at: 1)?.rawRange)
            #expect(right.value["a"]?.rawRange == left.value["a"]?.rawRange)
            let name = "b"
            #expect(right.value[name]?.rawRange == left.value[name]?.rawRange)
            #expect(MemberIndex(right.value).members.map(\.value.rawRange) == MemberIndex(left.value).members.map(\.value.rawRange))
        }
    }

    @Test func walksAndTextsAreAsEver() {
        #expect(deferred.root.nested.map(\.value.rawRange) == whole.root.nested.map(\.value.rawRange))
        #expect(deferred.root.nested.map { $0.name?.string } == whole.root.nested.map { $0.name?.string })
        #expect(deferred.root.canonicalBytes == whole.root.canonicalBytes)
        #expect(deferred.root.canonicalHash() == whole.root.canonicalHash())
        #expect(deferred.duplicateKeys.map(\.value.rawRange) == whole.duplicateKeys.map(\.value.rawRange))
        #expect(!whole.duplicateKeys.isEmpty)
    }

    @Test func equalityLooksInside() throws {
        #expect(deferred.root.isEqual(to: whole.root) && whole.root.isEqual(to: deferred.root))
        func attributes(_ text: String) throws -> JSONDocument {
            try JSONDocument(parsing: StateBytes("{\"attributes\": \(text)}".utf8), deferring: JSONDeferral(of: "attributes", inside: 1))
        }
        #expect(try attributes(#"{"a": 1, "b": [2]}"#).root.isEqual(to: attributes(#"{"b": [2.0], "a": 1}"#).root))
        #expect(try !attributes(#"{"a": 1, "b": [2]}"#).root.isEqual(to: attributes(#"{"a": 1, "b": [3]}"#).root))
        #expect(try !attributes(#"[1]"#).root.isEqual(to: attributes(#"[2]"#).root))
    }

    @Test func whatIsDeferredIsCheckedAllTheSame() {
        for wrong in ["{\"a\": [1,]}", "{\"a\": \"\\x\"}", "[01]", "{\"a\": tru}", "[1"] {
            let bytes = StateBytes("{\"attributes\": \(wrong)}".utf8)
            let plainly = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: bytes) }
            let deferring = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: bytes, deferring: JSONDeferral(of: "attributes", inside: 1)) }
            #expect(plainly == deferring)
        }
    }

    @Test func manyMayLookAtOnce() async throws {
        let parts = (0..<500).map { "{\"attributes\": {\"n\": [\($0), \"\($0)\"]}}" }
        let bytes = StateBytes("[\(parts.joined(separator: ","))]".utf8)
        for _ in 0..<20 {
            let root = try JSONDocument(parsing: bytes, deferring: JSONDeferral(of: "attributes", inside: 2)).root
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        root.elements.enumerated().allSatisfy { $1["attributes"]?["n"]?.element(at: 0)?.int == $0 }
                    }
                }
                for await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func aLookInPassingFindsTheSame() throws {
        for key in ["a", "b", "attributes"] as [StaticString] {
            for document in [whole, deferred] {
                for value in document.root.nested.map(\.value) {
                    let found = value.text(of: key)
                    #expect(found == value[key]?.string)
                    #expect(value.text(of: key) == found, "also once its content is there")
                }
            }
        }
        #expect(try instance(0, in: JSONDocument(parsing: whole.bytes, deferring: JSONDeferral(of: "attributes", inside: 3)))["attributes"]?.text(of: "b") == nil)
        let flat = try JSONDocument(parsing: StateBytes(#"{"x": {"id": "i-\u0031", "n": [[],{},[[0]],{"a":{"b":1}}]}}"#.utf8), deferring: JSONDeferral(of: "x", inside: 1))
        #expect(flat.root["x"]?.text(of: "id") == "i-1")
        for tight in ["[0]", "[[],0]", "{\"\":0}", "[[[[0]]]]", "{\"\":{\"\":[0,0,0]}}"] {
            let document = try JSONDocument(parsing: StateBytes("{\"x\":{\"\":\(tight)}}".utf8), deferring: JSONDeferral(of: "x", inside: 1))
            #expect(document.root["x"]?.text(of: "id") == nil)
        }
    }

    @Test func limitsCountWhatIsDeferred() {
        let bytes = StateBytes("[\(Array(repeating: "{\"attributes\": [1, 2, 3, 4, 5, 6, 7, 8]}", count: 100).joined(separator: ","))]".utf8)
        let limits = JSONLimits(values: 700)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: bytes, limits: limits, deferring: JSONDeferral(of: "attributes", inside: 2)) }
        #expect(error?.reason == .tooManyValues(limit: 700))
    }

    @Test func partsLiveAsLongAsTheirValues() throws {
        func part() throws -> JSONValue? {
            try JSONDocument(parsing: StateBytes(Self.text.utf8), deferring: JSONDeferral(of: "attributes", inside: 3)).root["list"]?.element(at: 0)?["attributes"]?["b"]
        }
        #expect(try part()?.element(at: 1)?["c"]?.isNull == true)
    }
}
