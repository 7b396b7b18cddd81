/// Where the pieces of a reader leave what they find wrong. Lives within one call of ``ConfigurationReader/read(_:)``.
final class ProblemList {
    private var problems: [ConfigurationProblem] = []

    func add(_ problem: ConfigurationProblem) { problems.append(problem) }

    var isEmpty: Bool { problems.isEmpty }

    /// In the order of the file; what was found first stays first within a line.
    var sorted: [ConfigurationProblem] {
        problems.enumerated().sorted {
            ($0.element.line ?? 0, $0.element.column ?? 0, $0.offset) < ($1.element.line ?? 0, $1.element.column ?? 0, $1.offset)
        }.map(\.element)
    }
}
