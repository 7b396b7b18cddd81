internal import Yams

extension YAMLMapping {
    func string(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node else {
            wrong(key, node, "should be text")
            return nil
        }
        // Values end up in URLs and headers: nothing in them may begin a new line.
        if scalar.string.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            problem(key, .invalidValue, "holds a control character")
            return nil
        }
        return scalar.string
    }

    /// Text that must be there and not be empty.
    func requiredString(_ key: String) -> String? {
        let before = problems.isEmpty
        guard let value = string(key) else {
            if before || node(key) == nil { problem(nil, .missingKey, "\(key) is missing") }
            return nil
        }
        guard !value.isEmpty else {
            problem(key, .invalidValue, "is empty")
            return nil
        }
        return value
    }

    func strings(_ key: String) -> [String] {
        guard let node = node(key) else { return [] }
        if case .scalar(let scalar) = node { return [scalar.string] }
        guard case .sequence(let sequence) = node else {
            wrong(key, node, "should be a list of texts")
            return []
        }
        return sequence.compactMap { element in
            guard case .scalar(let scalar) = element else {
                wrong(key, element, "should hold texts only")
                return nil
            }
            return scalar.string
        }
    }

    func bool(_ key: String) -> Bool? {
        guard let node = node(key) else { return nil }
        if case .scalar(let scalar) = node {
            switch scalar.string {
            case "true", "True", "TRUE": return true
            case "false", "False", "FALSE": return false
            default: break
            }
        }
        problem(key, .wrongType, "should be true or false")
        return nil
    }

    func int(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node = node(key) else { return nil }
        guard case .scalar(let scalar) = node, let value = Int(scalar.string) else {
            problem(key, .wrongType, "should be a whole number")
            return nil
        }
        guard range.contains(value) else {
            let bound = range.upperBound == Int.max ? "at least \(range.lowerBound)" : "between \(range.lowerBound) and \(range.upperBound)"
            problem(key, .invalidValue, "is \(value), should be \(bound)")
            return nil
        }
        return value
    }

    func duration(_ key: String) -> Duration? {
        guard let text = string(key) else { return nil }
        guard let time = RelativeTime(text) else {
            problem(key, .invalidValue, "should be a length of time", hint: "write \(RelativeTime.acceptedForms)")
            return nil
        }
        return time.duration
    }

    /// A path, resolved against the file's folder.
    func path(_ key: String) -> String? { string(key).map(paths.resolve) }

    func glob(_ key: String) -> [String] {
        let patterns = strings(key)
        for pattern in patterns where Glob(pattern) == nil {
            problem(key, .invalidValue, "\"\(pattern)\" is no valid pattern", hint: "close each [ with ] and write \\[ for a bracket")
        }
        return patterns
    }

    /// An `http` or `https` URL without credentials, query or fragment.
    func url(_ key: String) -> String? {
        guard let text = string(key) else { return nil }
        let scheme = text.dropping("https://") ?? text.dropping("http://")
        guard let rest = scheme, !rest.isEmpty, !rest.hasPrefix("/"), !rest.unicodeScalars.contains(where: { "?# \\".unicodeScalars.contains($0) }) else {
            problem(key, .invalidValue, "should be a URL such as https://s3.example.com")
            return nil
        }
        if rest.prefix(while: { $0 != "/" }).contains("@") {
            problem(key, .secret, "holds a user name or password", hint: "tfguard.yaml never holds secrets: give them in the environment")
            return nil
        }
        return text
    }
}
