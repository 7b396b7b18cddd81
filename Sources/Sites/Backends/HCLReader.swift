/// Reads as much of HCL as backend blocks need: blocks, labels, attributes, literal values, comments, heredocs.
///
/// Anything else that may stand behind a `=` is kept as text and never evaluated: `backend` blocks take literals only, and
/// a reader that guessed would write a wrong configuration. See
/// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md.
struct HCLReader: ~Copyable {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    /// Deeper nesting than any configuration has: bounds the recursion.
    private static let depthLimit = 64

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The whole file as one block without name.
    static func blocks(in text: String) throws(HCLSyntaxError) -> HCLBlock {
        var reader = HCLReader(text)
        return try reader.body(of: HCLBlock(name: "", labels: [], line: 1), depth: 0)
    }

    private mutating func body(of block: HCLBlock, depth: Int) throws(HCLSyntaxError) -> HCLBlock {
        guard depth < Self.depthLimit else { throw failure("nested too deep") }
        var block = block
        while true {
            try skipSpace(newlines: true)
            guard let scalar = peek else {
                if depth > 0 { throw failure("a { is never closed") }
                return block
            }
            if scalar == "}" {
                guard depth > 0 else { throw failure("a } closes nothing") }
                advance()
                return block
            }
            let start = line
            let name: String
            if scalar == "\"" {
                guard case .string(let text) = try quoted() else { throw failure("a name is expected") }
                name = text
            } else {
                name = try identifier()
            }
            try skipSpace(newlines: false)
            if peek == "=" {
                advance()
                block.attributes[name] = HCLBlock.Attribute(value: try expression(depth: depth + 1), line: start)
                continue
            }
            var labels: [String] = []
            while let next = peek, next != "{" {
                if next == "\"" {
                    guard case .string(let label) = try quoted() else { throw failure("a label is expected") }
                    labels.append(label)
                } else {
                    labels.append(try identifier())
                }
                try skipSpace(newlines: false)
            }
            guard peek == "{" else { throw failure("a { or a = is expected") }
            advance()
            block.blocks.append(try body(of: HCLBlock(name: name, labels: labels, line: start), depth: depth + 1))
        }
    }

    private mutating func expression(depth: Int) throws(HCLSyntaxError) -> BackendValue {
        guard depth < Self.depthLimit else { throw failure("nested too deep") }
        try skipSpace(newlines: false)
        let start = position
        let value = try literal(depth: depth)
        if let value {
            try skipSpace(newlines: false)
            // A literal only when nothing is calculated with it.
            if endsExpression { return value }
        }
        try skipExpression()
        return .expression(text(from: start))
    }

    private mutating func literal(depth: Int) throws(HCLSyntaxError) -> BackendValue? {
        guard let scalar = peek else { throw failure("a value is expected") }
        switch scalar {
        case "\"": return try quoted()
        case "<" where peek(1) == "<": return try heredoc()
        case "[":
            advance()
            var elements: [BackendValue] = []
            while true {
                try skipSpace(newlines: true)
                if peek == "]" { advance(); return .list(elements) }
                guard peek != nil else { throw failure("a [ is never closed") }
                let start = position
                elements.append(try expression(depth: depth + 1))
                try skipSpace(newlines: true)
                if peek == "," { advance() } else if peek != "]" { throw failure("a , or a ] is expected") }
                guard position > start else { throw failure("a value is expected") }
            }
        case "{":
            advance()
            var members: [String: BackendValue] = [:]
            while true {
                try skipSpace(newlines: true)
                if peek == "}" { advance(); return .object(members) }
                guard peek != nil else { throw failure("a { is never closed") }
                let key: String
                if peek == "\"" {
                    guard case .string(let text) = try quoted() else { try skipExpression(); return nil }
                    key = text
                } else if peek == "(" || peek.map(Self.beginsIdentifier) != true {
                    return nil
                } else {
                    key = try identifier()
                    // `{ for k, v in … }` is no literal.
                    if key == "for" { return nil }
                }
                try skipSpace(newlines: true)
                guard peek == "=" || peek == ":" else { return nil }
                advance()
                members[key] = try expression(depth: depth + 1)
                try skipSpace(newlines: true)
                if peek == "," { advance() }
            }
        case "-", "0"..."9":
            let start = position
            advance()
            while let next = peek, ("0"..."9").contains(next) || [".", "e", "E"].contains(next) || ((next == "+" || next == "-") && ["e", "E"].contains(scalars[position - 1])) {
                advance()
            }
            return .number(text(from: start))
        case _ where Self.beginsIdentifier(scalar):
            switch try identifier() {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null": return .null
            default: return nil
            }
        default: return nil
        }
    }

    private var endsExpression: Bool {
        guard let scalar = peek else { return true }
        return ["\n", "\r", ",", "]", "}"].contains(scalar)
    }

    /// Moves to the end of an expression that is not read: the end of its line, or what closes the thing around it.
    private mutating func skipExpression() throws(HCLSyntaxError) {
        var open = 0
        while let scalar = peek {
            switch scalar {
            case "\"": _ = try quoted()
            case "<" where peek(1) == "<" && (peek(2) == "-" || peek(2).map(Self.beginsIdentifier) == true): _ = try heredoc()
            case "#": skipLine()
            case "/" where peek(1) == "/": skipLine()
            case "/" where peek(1) == "*": try skipComment()
            case "(", "[", "{":
                open += 1
                advance()
            case ")", "]", "}":
                if open == 0 { return }
                open -= 1
                advance()
            case "\n" where open == 0, "," where open == 0: return
            default: advance()
            }
        }
        if open > 0 { throw failure("a bracket is never closed") }
    }

    private mutating func quoted() throws(HCLSyntaxError) -> BackendValue {
        let start = position
        var text = String.UnicodeScalarView()
        var isTemplate = false
        advance()
        // A line end is left unread, so that the failure names the line that it is on.
        while let scalar = peek, scalar != "\n" {
            advance()
            switch scalar {
            case "\"": return isTemplate ? .expression(self.text(from: start)) : .string(String(text))
            case "\\": text.append(try escape())
            case "$" where peek == "{", "%" where peek == "{":
                // `$${` stands for `${`.
                if text.last == scalar, position >= 2, scalars[position - 2] == scalar {
                    continue
                }
                isTemplate = true
                advance()
                try skipInterpolation()
            default: text.append(scalar)
            }
        }
        throw failure("a \" is never closed")
    }

    private mutating func skipInterpolation() throws(HCLSyntaxError) {
        var open = 1
        while let scalar = peek {
            switch scalar {
            case "\"": _ = try quoted()
            case "{": open += 1; advance()
            case "}":
                open -= 1
                advance()
                if open == 0 { return }
            default: advance()
            }
        }
        throw failure("a ${ is never closed")
    }

    private mutating func escape() throws(HCLSyntaxError) -> Unicode.Scalar {
        guard let scalar = peek else { throw failure("a \" is never closed") }
        advance()
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\"", "\\": return scalar
        case "u", "U":
            let count = scalar == "u" ? 4 : 8
            let digits = String(String.UnicodeScalarView(scalars[position..<min(scalars.count, position + count)]))
            guard digits.unicodeScalars.count == count, let value = UInt32(digits, radix: 16), let result = Unicode.Scalar(value) else {
                throw failure("a \\\(scalar) needs \(count) hexadecimal digits")
            }
            for _ in 0..<count { advance() }
            return result
        default: throw failure("\\\(scalar) means nothing")
        }
    }

    /// `<<EOT` and `<<-EOT`. The text is kept as it stands; a template in it makes it an expression.
    private mutating func heredoc() throws(HCLSyntaxError) -> BackendValue {
        let start = position
        advance()
        advance()
        if peek == "-" { advance() }
        let marker = try identifier()
        skipLine()
        advance()
        var lines: [String] = []
        while peek != nil {
            let begin = position
            skipLine()
            let line = text(from: begin)
            if line.drop(while: { $0 == " " || $0 == "\t" }).prefix(while: { $0 != "\r" }) == marker {
                let body = lines.joined(separator: "\n") + "\n"
                return body.contains("${") || body.contains("%{") ? .expression(text(from: start)) : .string(body)
            }
            lines.append(line)
            advance()
        }
        throw failure("the text \(marker) is never closed")
    }

    private mutating func identifier() throws(HCLSyntaxError) -> String {
        let start = position
        guard let first = peek, Self.beginsIdentifier(first) else { throw failure("a name is expected") }
        while let scalar = peek, Self.beginsIdentifier(scalar) || ("0"..."9").contains(scalar) || scalar == "-" { advance() }
        return text(from: start)
    }

    private static func beginsIdentifier(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
    }

    private mutating func skipSpace(newlines: Bool) throws(HCLSyntaxError) {
        while let scalar = peek {
            switch scalar {
            case " ", "\t", "\u{FEFF}": advance()
            case "\r", "\n":
                guard newlines else { return }
                advance()
            case "#": skipLine()
            case "/" where peek(1) == "/": skipLine()
            case "/" where peek(1) == "*": try skipComment()
            default: return
            }
        }
    }

    private mutating func skipLine() {
        while peek.map({ $0 != "\n" }) ?? false { advance() }
    }

    private mutating func skipComment() throws(HCLSyntaxError) {
        advance()
        advance()
        while peek != nil {
            if peek == "*", peek(1) == "/" {
                advance()
                advance()
                return
            }
            advance()
        }
        throw failure("a comment is never closed")
    }

    private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }
    private func peek(_ distance: Int) -> Unicode.Scalar? { position + distance < scalars.count ? scalars[position + distance] : nil }

    private mutating func advance() {
        guard position < scalars.count else { return }
        if scalars[position] == "\n" { line += 1 }
        position += 1
    }

    private func text(from start: Int) -> String { String(String.UnicodeScalarView(scalars[start..<position])) }
    private func failure(_ reason: String) -> HCLSyntaxError { HCLSyntaxError(line: line, reason: reason) }
}
