import StateJSON
import Testing

@Suite struct SyntaxErrorTests {
    func failure(_ text: String, limits: JSONLimits = .default) -> JSONSyntaxError? { failure(Array(text.utf8), limits: limits) }

    func failure(_ bytes: [UInt8], limits: JSONLimits = .default) -> JSONSyntaxError? {
        do throws(JSONSyntaxError) {
            _ = try JSONDocument(parsing: StateBytes(bytes), limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("", .noValue, 0), (" \n\t ", .noValue, 4),
            ("{", .endsEarly, 1), ("[1,", .endsEarly, 3), ("\"abc", .endsEarly, 4), ("tru", .endsEarly, 3), ("-", .endsEarly, 1),
            ("1.", .endsEarly, 2), ("\"\\u00", .endsEarly, 5), ("{\"a\"", .endsEarly, 4),
            ("[,]", .expectedValue, 1), ("[1,]", .expectedValue, 3), ("{\"a\":}", .expectedValue, 5), ("'a'", .expectedValue, 0),
            ("+1", .expectedValue, 0), (".5", .expectedValue, 0), ("NaN", .expectedValue, 0),
            ("{1:2}", .expectedKey, 1), ("{\"a\":1,}", .expectedKey, 7), ("{\"a\" 1}", .expectedColon, 5),
            ("[1 2]", .expectedCommaOrEnd, 3), ("{\"a\":1]", .expectedCommaOrEnd, 6), ("[1}", .expectedCommaOrEnd, 2),
            ("{} {}", .trailingBytes, 3), ("1x", .trailingBytes, 1), ("01", .invalidNumber, 1), ("-x", .invalidNumber, 1),
            ("1e+x", .invalidNumber, 3), ("1.e5", .invalidNumber, 2),
            ("nulL", .invalidLiteral, 3), ("\"\\x\"", .invalidEscape, 2), ("\"\\u12g4\"", .invalidEscape, 5),
            ("\"a\u{1}b\"", .controlCharacter(1), 2), ("\"a\u{0}b\"", .controlCharacter(0), 2), ("\"a\nb\"", .controlCharacter(10), 2),
        ] as [(String, JSONSyntaxError.Reason, Int)])
    func namesReasonAndOffset(text: String, reason: JSONSyntaxError.Reason, offset: Int) {
        let error = failure(text)
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xC3, 0x28], [0xE2, 0x82, 0x28],
        ] as [[UInt8]])
    func refusesBytesThatAreNotUTF8(sequence: [UInt8]) {
        let error = failure([0x22, 0x61] + sequence + [0x22])
        #expect(error?.reason == .invalidUTF8)
        #expect(error?.offset == 2)
    }

    @Test(arguments: ["\u{80}", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{D7FF}", "\u{E000}", "\u{10000}", "\u{10FFFF}"])
    func acceptsTheEdgesOfUTF8(character: String) throws {
        #expect(try JSONDocument(parsing: StateBytes("\"\(character)\"".utf8)).root.string == character)
    }

    @Test func countsLinesAndColumns() {
        let error = failure("{\n  \"a\": 1,\n  \"b\": x\n}")
        #expect(error?.line == 3)
        #expect(error?.column == 8)
        #expect(error.map { "\($0)" } == "expected a value at byte 19 (line 3, column 8)")
    }

    @Test func nestingStopsAtTheLimitWithoutTouchingTheStack() {
        #expect(failure(String(repeating: "[", count: 3), limits: JSONLimits(depth: 2))?.reason == .tooDeep(limit: 2))
        #expect(failure("[[]]", limits: JSONLimits(depth: 2)) == nil)
        #expect(failure(String(repeating: "[", count: 5_000_000))?.reason == .tooDeep(limit: 10_000))
        #expect(
            failure(
                String(repeating: "[", count: 2_000_000) + String(repeating: "]", count: 2_000_000), limits: JSONLimits(depth: 3_000_000))
                == nil)
    }

    @Test func sizeAndCountStopAtTheLimit() {
        #expect(failure("[1,2,3]", limits: JSONLimits(bytes: 6))?.reason == .tooLarge(limit: 6))
        #expect(failure("[1,2,3]", limits: JSONLimits(bytes: 7)) == nil)
        #expect(failure("[1,2,3]", limits: JSONLimits(values: 4))?.reason == .tooManyValues(limit: 4))
        #expect(failure("[1,2,3]", limits: JSONLimits(values: 5)) == nil)
    }

    @Test func errorsHoldNoContent() {
        let error = failure("{\"password\": \"hunter2\" \"x\"}")
        #expect(error.map { "\($0)".contains("hunter2") } == false)
    }
}
