/// Why bytes are no JSON text (RFC 8259), and where. Never holds content: states hold secrets.
public struct JSONSyntaxError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// Nothing but whitespace.
        case noValue
        /// The text stops inside a value.
        case endsEarly
        /// A value was expected here.
        case expectedValue
        /// An object key in quotes was expected here.
        case expectedKey
        /// `:` was expected after a key.
        case expectedColon
        /// `,` or the closing bracket was expected here.
        case expectedCommaOrEnd
        /// Something stands behind the document's end.
        case trailingBytes
        /// A control character inside a string; JSON wants it escaped.
        case controlCharacter(UInt8)
        /// A backslash with something behind it that JSON does not know.
        case invalidEscape
        /// Bytes that are not UTF-8 (overlong forms, surrogates and values over U+10FFFF included).
        case invalidUTF8
        /// A number outside RFC 8259's grammar.
        case invalidNumber
        /// `nul`, `tru` and the like.
        case invalidLiteral
        /// More nesting than allowed.
        case tooDeep(limit: Int)
        /// More bytes than allowed.
        case tooLarge(limit: Int)
        /// More values than allowed.
        case tooManyValues(limit: Int)
        /// A single string or number of 256 MiB or more.
        case tokenTooLong
        /// The system gave no memory for the tape.
        case outOfMemory
    }

    public let reason: Reason
    /// Byte offset, from 0, of the first byte that does not fit.
    public let offset: Int
    /// Line, from 1.
    public let line: Int
    /// Byte within the line, from 1.
    public let column: Int

    init(_ reason: Reason, offset: Int, in bytes: StateBytes) {
        self.reason = reason
        self.offset = offset
        (line, column) = bytes.lineAndColumn(of: offset)
    }
}

extension JSONSyntaxError: CustomStringConvertible {
    public var description: String { "\(reason) at byte \(offset) (line \(line), column \(column))" }
}

extension JSONSyntaxError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noValue: "no JSON value, only whitespace"
        case .endsEarly: "JSON text ends early"
        case .expectedValue: "expected a value"
        case .expectedKey: "expected an object key in quotes"
        case .expectedColon: "expected ':' after the key"
        case .expectedCommaOrEnd: "expected ',' or the closing bracket"
        case .trailingBytes: "bytes behind the end of the document"
        case .controlCharacter(let byte): "unescaped control character \(byte) in a string"
        case .invalidEscape: "invalid escape in a string"
        case .invalidUTF8: "invalid UTF-8"
        case .invalidNumber: "invalid number"
        case .invalidLiteral: "invalid literal"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .tooManyValues(let limit): "more than \(limit) values"
        case .tokenTooLong: "a string or number of 256 MiB or more"
        case .outOfMemory: "not enough memory for the parse"
        }
    }
}

extension StateBytes {
    /// Line and column, both from 1 and counted in bytes, of an offset (for messages; walks the bytes before it).
    public func lineAndColumn(of offset: Int) -> (line: Int, column: Int) {
        withUnsafeBytes { all in
            var line = 1, start = 0
            for index in 0..<min(offset, all.count) where all[index] == 0x0A {
                line += 1
                start = index + 1
            }
            return (line, offset - start + 1)
        }
    }
}
