import StateJSON
import Testing

@Suite struct CanonicalTests {
    func canonical(_ text: String) throws -> String { String(decoding: try parsed(text).canonicalBytes, as: UTF8.self) }

    @Test func sortsNamesAndDropsWhitespace() throws {
        #expect(try canonical("{ \"b\" : [ 1 , 2 ],\n \"a\" : { \"d\":{}, \"c\":[ ] } }") == #"{"a":{"c":[],"d":{}},"b":[1,2]}"#)
        #expect(try canonical(#"{"é":1,"z":2,"Z":3,"":4,"aa":5,"a":6}"#) == #"{"":4,"Z":3,"a":6,"aa":5,"z":2,"é":1}"#)
    }

    @Test func theLastOfSeveralEqualNamesStays() throws {
        #expect(try canonical(#"{"b":1,"a":2,"b":3,"a":4}"#) == #"{"a":4,"b":3}"#)
        #expect(try canonical(#"{"a":1,"a":2}"#) == #"{"a":2}"#)
        #expect(try canonical(#"{"\u0061":1,"a":2}"#) == #"{"a":2}"#)
    }

    @Test(arguments: [
        (#""\u003ca\u003e \/ \u0026""#, #""<a> / &""#), (#""\u0001\u001F\b\n""#, #""\u0001\u001f\b\n""#), (#""\"\\""#, #""\"\\""#),
        (#""\ud83d\ude00""#, "\"😀\""), (#""\u007f""#, "\"\u{7F}\""),
    ])
    func stringsHaveOneSpelling(text: String, wanted: String) throws {
        #expect(try canonical(text) == wanted)
    }

    @Test(arguments: [
        ("1.0", "1"), ("1e2", "100"), ("1E+2", "100"), ("100", "100"), ("-0", "0"), ("0.0", "0"), ("0e99999999999999999999", "0"),
        ("-0.0e5", "0"), ("1.50", "1.5"), ("15e-1", "1.5"), ("0.001", "0.001"), ("1e-3", "0.001"),
        ("10e-4", "0.001"), ("-12.340e1", "-123.4"), ("12345678901234567890123", "12345678901234567890123"),
        ("12345678901234567890123.0", "12345678901234567890123"), ("1e40", "1e40"), ("1e39", "1" + String(repeating: "0", count: 39)),
        ("1" + String(repeating: "0", count: 60), "1e60"), ("1e60", "1e60"), ("10e59", "1e60"), ("1e-50", "1e-50"), ("0.1e-49", "1e-50"),
        ("1e000000000000000000000002", "100"),
        (String(repeating: "7", count: 50), String(repeating: "7", count: 50)),
    ])
    func numbersHaveOneSpelling(text: String, wanted: String) throws {
        #expect(try canonical(text) == wanted)
        #expect(try canonical(wanted) == wanted)
    }

    @Test func equalityIsOfMeaning() throws {
        func same(_ a: String, _ b: String) throws -> Bool {
            let left = try parsed(a)
            let right = try parsed(b)
            let equal = left.isEqual(to: right)
            #expect(equal == right.isEqual(to: left))
            #expect(equal == (left.canonicalBytes == right.canonicalBytes))
            if equal { #expect(left.canonicalHash() == right.canonicalHash()) }
            return equal
        }
        #expect(try same(#"{"a":1.0,"b":["\u0041",null]}"#, #"{ "b" : ["A", null], "a" : 1 }"#))
        #expect(try same(#"{"a":1,"a":2}"#, #"{"a":2}"#))
        #expect(try same(#"{"a":1,"a":2}"#, #"{"a":3,"a":2}"#))
        #expect(try !same(#"{"a":1,"a":2}"#, #"{"a":2,"a":1}"#))
        #expect(try !same("[1,2]", "[2,1]"))
        #expect(try !same("[1]", "[1,1]"))
        #expect(try !same("null", "false"))
        #expect(try !same("true", "false"))
        #expect(try !same("{}", "[]"))
        #expect(try !same("\"1\"", "1"))
        #expect(try !same("12345678901234567890123", "12345678901234567890124"))
        #expect(try !same(#"{"a":{"b":{"c":1}}}"#, #"{"a":{"b":{"c":2}}}"#))
    }

    @Test func deepValuesAreWrittenAndComparedWithoutTheStack() throws {
        let depth = 200_000
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let spaced = String(repeating: "[ ", count: depth) + String(repeating: "]", count: depth)
        let limits = JSONLimits(depth: depth + 1)
        let a = try JSONDocument(parsing: StateBytes(text.utf8), limits: limits).root
        let b = try JSONDocument(parsing: StateBytes(spaced.utf8), limits: limits).root
        #expect(a.canonicalBytes == Array(text.utf8))
        #expect(a.isEqual(to: b))
    }

    @Test func hashesDifferWhereBytesDiffer() throws {
        var seen: Set<UInt64> = []
        for length in 0..<64 {
            for filler in ["a", "b"] { seen.insert(try parsed("\"" + String(repeating: filler, count: length) + "\"").rawHash()) }
        }
        #expect(seen.count == 127)
        #expect(try parsed("\"abc\"").rawHash(seed: 1) != parsed("\"abc\"").rawHash(seed: 2))
    }
}
