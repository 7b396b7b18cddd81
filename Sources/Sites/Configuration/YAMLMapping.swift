internal import Yams

/// One mapping of the file while it is read. Remembers which keys were asked for: those are the known ones, and the rest
/// are mistakes to report.
final class YAMLMapping {
    let path: String
    let problems: ProblemList
    let paths: PathResolution
    let mark: Mark?
    private let entries: [(key: String, keyMark: Mark?, value: Node)]
    private var known: [String] = []

    /// - Returns: nil, with the problem noted, when the node is no mapping.
    init?(_ node: Node, path: String, problems: ProblemList, paths: PathResolution) {
        guard case .mapping(let mapping) = node else {
            problems.add(.init(kind: .wrongType, line: node.mark?.line, column: node.mark?.column, key: path, message: "should be a mapping (KEY: VALUE), not \(Self.kind(of: node))"))
            return nil
        }
        (self.path, self.problems, self.paths, mark) = (path, problems, paths, mapping.mark)
        var entries: [(String, Mark?, Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let name) = key else {
                problems.add(.init(kind: .unknownKey, line: key.mark?.line, column: key.mark?.column, key: path, message: "a key should be plain text"))
                continue
            }
            if !SecretGuard.admits(key: name.string, value: value, at: key.mark, path: Self.join(path, name.string), problems: problems) { continue }
            entries.append((name.string, name.mark, value))
        }
        self.entries = entries.map { (key: $0.0, keyMark: $0.1, value: $0.2) }
    }

    /// 1-based line on which the mapping begins.
    var line: Int? { mark?.line }

    /// The value of a key; `null` counts as absent.
    func node(_ key: String) -> Node? {
        known.append(key)
        guard let node = entries.first(where: { $0.key == key })?.value, !Self.isNull(node) else { return nil }
        return node
    }

    func mapping(_ key: String) -> YAMLMapping? {
        node(key).flatMap { YAMLMapping($0, path: Self.join(path, key), problems: problems, paths: paths) }
    }

    func sequenceOfMappings(_ key: String) -> [YAMLMapping] {
        guard let node = node(key) else { return [] }
        guard case .sequence(let sequence) = node else {
            wrong(key, node, "should be a list")
            return []
        }
        return sequence.enumerated().compactMap { YAMLMapping($1, path: "\(Self.join(path, key))[\($0)]", problems: problems, paths: paths) }
    }

    /// Every entry as a mapping of its own: for keys that are names.
    func namedMappings() -> [(name: String, mapping: YAMLMapping)] {
        known += entries.map(\.key)
        return entries.compactMap { entry in
            YAMLMapping(entry.value, path: Self.join(path, entry.key), problems: problems, paths: paths).map { (entry.key, $0) }
        }
    }

    /// Reports every key that nobody asked for, with the nearest that somebody did.
    func reportUnknownKeys() {
        for entry in entries where !known.contains(entry.key) {
            let nearest = NearestName.of(entry.key, among: known)
            problems.add(
                .init(
                    kind: .unknownKey, line: entry.keyMark?.line, column: entry.keyMark?.column, key: Self.join(path, entry.key),
                    message: "unknown key",
                    hint: nearest.map { "did you mean \($0)?" } ?? "known keys are \(known.sorted().joined(separator: ", "))"))
        }
    }

    /// Notes a problem with the value of a key, or with the mapping as a whole.
    func problem(_ key: String?, _ kind: ConfigurationProblem.Kind, _ message: String, hint: String? = nil) {
        let mark = key.flatMap { key in entries.first { $0.key == key }?.value.mark } ?? mark
        problems.add(.init(kind: kind, line: mark?.line, column: mark?.column, key: key.map { Self.join(path, $0) } ?? path, message: message, hint: hint))
    }

    func wrong(_ key: String, _ node: Node, _ message: String, hint: String? = nil) {
        problems.add(
            .init(
                kind: .wrongType, line: node.mark?.line, column: node.mark?.column, key: Self.join(path, key),
                message: "\(message), not \(Self.kind(of: node))", hint: hint))
    }

    static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    static func isNull(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    static func kind(of node: Node) -> String {
        switch node {
        case .scalar: isNull(node) ? "empty" : "a single value"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
