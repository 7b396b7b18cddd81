import Glibc

/// The process's environment, read once.
struct EnvironmentVariables: Sendable {
    let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    static var ofProcess: EnvironmentVariables {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let line = String(cString: text)
            if let equals = line.firstIndex(of: "=") { values[String(line[..<equals])] = String(line[line.index(after: equals)...]) }
            entry += 1
        }
        return EnvironmentVariables(values)
    }

    /// The variable's text; an empty one counts as not set.
    subscript(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A switch that was given as a flag, or is set by its variable: `1 true yes on` or `0 false no off`.
    func flag(_ name: String, given: Bool = false) throws(UsageProblem) -> Bool {
        if given { return true }
        guard let text = self[name] else { return false }
        switch text.lowercased() {
        case "1", "true", "yes", "on": return true
        case "0", "false", "no", "off": return false
        default: throw UsageProblem(name, "\"\(text)\" is neither true nor false", hint: "Set \(name) to 1 or 0.")
        }
    }

    /// A value that was given as a flag, or else its variable's, which has to be understood.
    func value<Value>(_ name: String, given: Value? = nil, _ form: String, _ parse: (String) -> Value?) throws(UsageProblem) -> Value? {
        if let given { return given }
        guard let text = self[name] else { return nil }
        guard let value = parse(text) else { throw UsageProblem(name, "\"\(text)\" is not \(form)", hint: "Set \(name) to \(form).") }
        return value
    }
}
