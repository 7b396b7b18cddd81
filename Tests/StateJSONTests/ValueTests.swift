import StateJSON
import Testing

func parsed(_ text: String) throws -> JSONValue { try JSONDocument(parsing: StateBytes(text.utf8)).root }

@Suite struct ValueTests {
    @Test func tellsKindsApart() throws {
        let kinds = try parsed("[null, true, false, 1, 1.5, \"\", [], {}, [1], {\"a\":1}]").elements.map(\.kind)
        #expect(kinds == [.null, .bool, .bool, .number, .number, .string, .array, .object, .array, .object])
    }

    @Test func rawRangesAreTheExactBytes() throws {
        let text = "  { \"a\" : [ 1 , \"x\\n\" ] , \"b\" : { } , \"c\":-1.50 , \"d\" : null}  "
        let root = try parsed(text), bytes = Array(text.utf8)
        func raw(_ value: JSONValue?) -> String? { value.map { String(decoding: bytes[$0.rawRange], as: UTF8.self) } }
        #expect(raw(root) == text.trimmingSpaces)
        #expect(raw(root["a"]) == "[ 1 , \"x\\n\" ]")
        #expect(raw(root["a"]?.element(at: 1)) == "\"x\\n\"")
        #expect(raw(root["b"]) == "{ }")
        #expect(raw(root["c"]) == "-1.50")
        #expect(raw(root["d"]) == "null")
    }

    @Test func decodesEscapes() throws {
        #expect(try parsed(#""a\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00z""#).string == "a\"\\/\u{8}\u{C}\n\r\tAé😀z")
        #expect(try parsed(#""\ud800""#).string == "\u{FFFD}")
        #expect(try parsed(#""\udc00\ud83d x""#).string == "\u{FFFD}\u{FFFD} x")
        #expect(try parsed(#""\ud83d\u0041""#).string == "\u{FFFD}A")
        #expect(try parsed(#""\u0000""#).string == "\0")
    }

    @Test func numbersKeepTheirText() throws {
        #expect(try parsed("12345678901234567890123").numberText == "12345678901234567890123")
        #expect(try parsed("12345678901234567890123").uint64 == nil)
        #expect(try parsed("18446744073709551615").uint64 == UInt64.max)
        #expect(try parsed("18446744073709551616").uint64 == nil)
        #expect(try parsed("-9223372036854775808").int == Int.min)
        #expect(try parsed("9223372036854775808").int == nil)
        #expect(try parsed("-1").uint64 == nil)
        #expect(try parsed("1.0").int == nil)
        #expect(try parsed("\"1\"").int == nil)
    }

    @Test func theLastOfSeveralEqualNamesWinsAndIsReported() throws {
        let root = try parsed(#"{"serial": 1, "x": {"a": 1, "\u0061": 2}, "serial": 6}"#)
        #expect(root["serial"]?.int == 6)
        #expect(root["x"]?["a"]?.int == 2)
        #expect(root.document.duplicateKeys.map(\.string) == ["serial", "a"])
        let many = "{" + (0..<100).map { "\"k\($0 % 90)\": \($0)" }.joined(separator: ",") + "}"
        #expect(try parsed(many).document.duplicateKeys.count == 10)
        #expect(try parsed(#"{"a":{"x":1},"b":{"x":1}}"#).document.duplicateKeys.isEmpty)
    }

    @Test func findsRepeatedNamesInObjectsOfEveryWidthAndOrder() throws {
        var chance = Mutator(seed: 7)
        for _ in 0..<400 {
            var names: [String] = []
            for _ in 0..<Int(chance.next() % 50) {
                // Long common beginnings, so that names differ late or not at all.
                names.append((chance.next() % 2 == 0 ? "attribute_" : "") + String(chance.next() % 60))
            }
            if chance.next() % 3 == 0 { names.sort() }
            var seen: Set<String> = [], expected: [String] = []
            for name in names where !seen.insert(name).inserted { expected.append(name) }
            let text = names.map { name in
                let spelled = chance.next() % 5 == 0 ? name.split(separator: "a", omittingEmptySubsequences: false).joined(separator: "\\u0061") : name
                return "\"\(spelled)\": {\"x\": [\(chance.next() % 9)]}"
            }
            let found = try parsed("{" + text.joined(separator: ", ") + "}").document.duplicateKeys.map(\.string)
            #expect(found == expected)
        }
    }

    @Test func comparesStringsWhateverTheirSpelling() throws {
        let root = try parsed(#"{"ab": "x\u0079", "\u0061c": "xy", "long": "0123456789abcdef"}"#)
        #expect(root["ab"]?.equals("xy") == true)
        #expect(root["ac"]?.equals("xy") == true)
        #expect(root["ac"]?.equals("xz") == false)
        #expect(root["ac"]?.equals("xyz") == false)
        #expect(root["long"]?.equals("0123456789abcdef") == true)
        #expect(root["long"]?.equals("0123456789abcdeF") == false)
        #expect(root["missing"] == nil)
        let keys = root.members.map(\.key)
        #expect(keys[0].equals("ab") && keys[1].equals("ac") && !keys[0].equals(keys[1]))
        #expect(root["ab"]?.contentHash() == root["ac"]?.contentHash())
    }

    @Test func positionsFindTheirValuesAgain() throws {
        let root = try parsed(#"{"a": [1, {"b": "deep"}]}"#)
        let value = try #require(root["a"]?.element(at: 1)?["b"])
        #expect(root.document.value(at: value.position).string == "deep")
        #expect(root["a"]?.element(at: 2) == nil && root["a"]?.element(at: -1) == nil)
    }

    @Test func scalarsHaveNoMembersElementsOrBooleans() throws {
        let number = try parsed("5")
        #expect(Array(number.members).isEmpty && Array(number.elements).isEmpty && number.count == 0)
        #expect(number.bool == nil && number.string == nil && number["a"] == nil)
        #expect(try parsed("\"5\"").numberText == nil)
    }
}

extension String {
    var trimmingSpaces: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
