import Reports
import StateComparison
import TerraformState

/// What a history is asked about: everything, one address, one attribute of it.
///
/// Read from the newest version back, it follows a moved instance to the address that it had before.
struct LogFilter {
    private var addresses: Set<String>
    private let outputName: String?
    private let attribute: String?
    /// The attribute, to be told of instances that came or went too: when it got its first value.
    let traced: AttributePath?
    /// Whether an address was given.
    let isNarrow: Bool

    init(address: String?, attribute: String?) {
        addresses = address.map { [$0] } ?? []
        isNarrow = address != nil
        outputName = address.flatMap { $0.hasPrefix("output.") ? String($0.dropFirst("output.".count)) : nil }
        traced = attribute.flatMap { AttributePath(parsing: $0) }
        // As changes print it, however it was typed.
        self.attribute = traced?.description ?? attribute
    }

    /// The part of a version's changes that was asked about.
    mutating func narrow(_ changes: ChangeSet) -> ChangeSet {
        guard isNarrow || attribute != nil else { return changes }
        var result = ChangeSet()
        var moves: [(from: String, to: String)] = []
        for change in changes.changes where isWanted(change.address) {
            if let previous = change.previousAddress { moves.append((previous, change.address)) }
            if let narrowed = narrow(change) { result.changes.append(narrowed) }
        }
        for move in moves {
            addresses.remove(move.to)
            addresses.insert(move.from)
        }
        result.outputs = changes.outputs.filter { isNarrow ? $0.name == outputName : false }
        return result
    }

    private func isWanted(_ address: String) -> Bool {
        guard isNarrow else { return true }
        // A resource's address means all its instances, a module's all that is in it.
        return addresses.contains(address) || addresses.contains { address.hasPrefix($0 + "[") || address.hasPrefix($0 + ".") }
    }

    private func narrow(_ change: ChangeSet.Change) -> ChangeSet.Change? {
        guard let attribute else { return change }
        var change = change
        change.attributes = change.attributes.filter { entry in
            entry.path == attribute || entry.path.hasPrefix(attribute + ".") || entry.path.hasPrefix(attribute + "[")
        }
        switch change.action {
        case .add, .remove: return change.attributes.isEmpty ? nil : change
        default: return change.attributes.isEmpty ? nil : change
        }
    }
}
