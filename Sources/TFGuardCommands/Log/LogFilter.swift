import Reports
import StateComparison
import TerraformState

/// What a history is asked about: everything, one address, one attribute.
///
/// Read from the newest version back, it follows a moved instance to the address that it had before.
struct LogFilter {
    private var addresses: Set<String>
    private let outputName: String?
    private let attribute: String?
    /// The attribute, to be told of instances that came or went too: when it got its first value.
    let traced: AttributePath?
    /// Whether an address was given.
    private let hasAddress: Bool

    init(address: String?, attribute: String?) {
        addresses = address.map { [$0] } ?? []
        hasAddress = address != nil
        outputName = address.flatMap { $0.hasPrefix("output.") ? String($0.dropFirst("output.".count)) : nil }
        traced = attribute.flatMap { AttributePath(parsing: $0) }
        self.attribute = attribute
    }

    /// Whether only the versions count that touched what was asked about.
    var isNarrow: Bool { hasAddress || attribute != nil }

    /// The part of a version's changes that was asked about.
    mutating func narrow(_ changes: ChangeSet) -> ChangeSet {
        guard isNarrow else { return changes }
        var result = ChangeSet()
        var moves: [(from: String, to: String)] = []
        // A move concerns both of its addresses: whoever asks for the old one learns where the instance went.
        for change in changes.changes where isWanted(change.address) || change.previousAddress.map(isWanted) == true {
            if let previous = change.previousAddress { moves.append((previous, change.address)) }
            if let narrowed = narrow(change) { result.changes.append(narrowed) }
        }
        for move in moves {
            addresses.remove(move.to)
            addresses.insert(move.from)
        }
        result.outputs = changes.outputs.compactMap { output in
            if hasAddress, output.name != outputName { return nil }
            var output = output
            output.attributes.removeAll { !concerns($0.path) }
            return attribute == nil || !output.attributes.isEmpty ? output : nil
        }
        return result
    }

    private func isWanted(_ address: String) -> Bool {
        guard hasAddress else { return true }
        // A resource's address means all its instances, a module's all that is in it.
        return addresses.contains(address) || addresses.contains { address.hasPrefix($0 + "[") || address.hasPrefix($0 + ".") }
    }

    private func narrow(_ change: ChangeSet.Change) -> ChangeSet.Change? {
        guard attribute != nil else { return change }
        var change = change
        change.attributes.removeAll { !concerns($0.path) }
        return change.attributes.isEmpty ? nil : change
    }

    /// Whether a change at `path` is one of the attribute that was asked for, or of a part of it.
    private func concerns(_ path: String) -> Bool {
        guard let attribute else { return true }
        // Names may be typed as `tags.Name` or `tags["Name"]`: a path knows that they are the same.
        if let traced, let path = AttributePath(parsing: path) { return traced.covers(path) }
        return path == attribute || path.hasPrefix(attribute + ".") || path.hasPrefix(attribute + "[")
    }
}
