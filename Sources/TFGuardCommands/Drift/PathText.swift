import TerraformState

/// Reads an attribute path as reports print it: `rule[0].schedule`, `tags["Owner"]`.
enum PathText {
    /// Nil for text that is no path.
    static func steps(of text: String) -> [AttributePath.Step]? {
        var steps: [AttributePath.Step] = []
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            if first == "[" {
                guard let step = bracket(&rest) else { return nil }
                steps.append(step)
            } else {
                if first == "." { rest.removeFirst() }
                let name = rest.prefix { $0 != "." && $0 != "[" }
                guard !name.isEmpty else { return nil }
                steps.append(.attribute(String(String.UnicodeScalarView(name))))
                rest = rest[name.endIndex...]
            }
        }
        return steps
    }

    /// `[3]`, or `["key"]` with `\"` and `\\` inside.
    private static func bracket(_ rest: inout Substring.UnicodeScalarView) -> AttributePath.Step? {
        rest.removeFirst()
        guard rest.first == "\"" else {
            let digits = rest.prefix { $0 != "]" }
            guard let index = Int(String(String.UnicodeScalarView(digits))), digits.endIndex < rest.endIndex else { return nil }
            rest = rest[rest.index(after: digits.endIndex)...]
            return .index(index)
        }
        rest.removeFirst()
        var key = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            if scalar == "\"" {
                guard rest.popFirst() == "]" else { return nil }
                return .key(String(key))
            }
            if scalar == "\\", let escaped = rest.popFirst() { key.append(escaped) } else { key.append(scalar) }
        }
        return nil
    }
}
