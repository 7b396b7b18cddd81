internal import Yams

/// Says what the YAML parser found, without quoting the file: a line may hold what should not be printed.
enum YAMLProblem {
    static func problem(_ error: any Error) -> ConfigurationProblem {
        guard let error = error as? YamlError else {
            return .init(kind: .invalidYAML, key: "", message: "not valid YAML")
        }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let text = [context?.text, problem].compactMap { $0 }.joined(separator: ": ")
            return .init(kind: .invalidYAML, line: mark.line, column: mark.column, key: "", message: "not valid YAML: \(text)")
        case .reader(let problem, _, _, _):
            return .init(kind: .invalidYAML, key: "", message: "not valid YAML: \(problem)", hint: "save the file as UTF-8 text")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return .init(
                kind: .duplicateKey, line: context.mark.line, column: context.mark.column, key: "",
                message: "the same key stands here more than once: \(duplicates.sorted().joined(separator: ", "))",
                hint: "keep one of them")
        default:
            return .init(kind: .invalidYAML, key: "", message: "not valid YAML")
        }
    }
}
