/// Why a configuration cannot be used: every problem of the file at once, in the order of its lines.
public struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    public var file: String
    public var problems: [ConfigurationProblem]

    public init(file: String, problems: [ConfigurationProblem]) {
        self.file = file
        self.problems = problems
    }

    /// One line a problem, `FILE:LINE:COLUMN: KEY: message`, as compilers print it.
    public var description: String {
        problems.map { problem in
            var text = file
            if let line = problem.line { text += ":\(line)" }
            if let column = problem.column { text += ":\(column)" }
            text += ": "
            if !problem.key.isEmpty { text += "\(problem.key): " }
            text += problem.message
            if let hint = problem.hint { text += "; \(hint)" }
            return text
        }.joined(separator: "\n")
    }
}
