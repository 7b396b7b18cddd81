/// Why a reference to a state cannot be understood or resolved.
public struct ReferenceError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        case empty
        case emptyKey
        case unknownSite(name: String, known: [String])
        case malformedVersion(String)
        case noStates(site: String)
        case keyRequired(candidates: [String])
        case noSuchKey(nearest: [String])
        case ambiguousKey(candidates: [String])
        case noSuchVersion(VersionSelector, detail: String)
        case ambiguousVersion(prefix: String, candidates: [String])
        case shortVersionID(String)
    }

    /// What was typed.
    public var reference: String
    public var reason: Reason

    public init(reference: String, reason: Reason) {
        self.reference = reference
        self.reason = reason
    }

    public var description: String {
        "\(reference): \(message)" + (hint.map { "; \($0)" } ?? "")
    }

    /// What is wrong, without the reference.
    public var message: String {
        switch reason {
        case .empty: "names no state"
        case .emptyKey: "nothing follows the colon"
        case .unknownSite(let name, _): "there is no site named \"\(name)\""
        case .malformedVersion(let reason): reason
        case .noStates(let site): "no states are known at \(site)"
        case .keyRequired(let candidates): "the site holds \(candidates.count) states, so the key is needed"
        case .noSuchKey: "no state has this key"
        case .ambiguousKey(let candidates): "\(candidates.count) states match"
        case .noSuchVersion(let selector, let detail): "no version is \(selector)" + (detail.isEmpty ? "" : ": \(detail)")
        case .ambiguousVersion(let prefix, let candidates): "\(candidates.count) version ids begin with \(prefix)"
        case .shortVersionID(let text): "\"\(text)\" is no version id, and as the beginning of one it needs six characters or more"
        }
    }

    /// What to do next.
    public var hint: String? {
        switch reason {
        case .empty: return "a reference is \(StateReference.acceptedForms)"
        case .emptyKey: return "give a key, or leave the colon out"
        case .unknownSite(let name, let known):
            guard !known.isEmpty else { return "the configuration defines no site: run tfguard init, or give a path" }
            let nearest = NearestName.of(name, among: known)
            return (nearest.map { "did you mean \($0)? " } ?? "") + "sites are " + known.joined(separator: ", ") + "; a file is given as ./\(name)"
        case .malformedVersion:
            return "a version is \(VersionSelector.acceptedForms); a key that itself ends so is written with @latest behind it"
        case .noStates: return "check bucket and prefix, or run tfguard snapshot"
        case .keyRequired(let candidates): return "give one of " + Self.list(candidates)
        case .noSuchKey(let nearest): return nearest.isEmpty ? nil : "there is " + Self.list(nearest)
        case .ambiguousKey(let candidates): return "give more of the key: " + Self.list(candidates)
        case .noSuchVersion: return "tfguard versions lists them"
        case .ambiguousVersion(_, let candidates): return "give more of it: " + Self.list(candidates)
        case .shortVersionID: return "tfguard versions lists them"
        }
    }

    private static func list(_ candidates: [String]) -> String {
        let shown = candidates.prefix(8).joined(separator: ", ")
        return candidates.count > 8 ? "\(shown) and \(candidates.count - 8) more" : shown
    }
}
