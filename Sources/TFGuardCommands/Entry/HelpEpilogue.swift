import Reports

/// What a command's help ends with: its exit statuses and an example or two.
struct HelpEpilogue {
    var statuses: [(ExitStatus, String)]
    var notes = ""
    var examples: [(line: String, meaning: String)]

    /// From the statuses that a command can return, in their general meaning.
    init(_ statuses: [ExitStatus], examples: [(line: String, meaning: String)]) {
        self.init(statuses: statuses.map { ($0, $0.meaning) }, examples: examples)
    }

    init(statuses: [(ExitStatus, String)], notes: String = "", examples: [(line: String, meaning: String)]) {
        self.statuses = statuses
        self.notes = notes
        self.examples = examples
    }

    var text: String {
        var lines = ["EXIT STATUS:"]
        for (status, meaning) in statuses {
            let number = "\(status.rawValue)"
            lines.append("  " + number + String(repeating: " ", count: 5 - number.count) + meaning)
        }
        if !notes.isEmpty { lines += ["", notes] }
        if !examples.isEmpty { lines += ["", "EXAMPLES:"] }
        for example in examples {
            lines.append("  " + example.line)
            lines.append("      " + example.meaning)
        }
        return lines.joined(separator: "\n")
    }
}
