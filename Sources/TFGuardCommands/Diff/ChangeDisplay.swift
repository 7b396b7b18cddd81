import Reports
import StateComparison
import StateJSON
import TerraformState

/// Makes what a reader may see of a comparison: sensitive values become keyed hashes.
struct ChangeDisplay {
    let mask: SecretMask
    let reveals: Bool

    func changeSet(_ diff: StateDiff) -> ChangeSet {
        ChangeSet(changes: diff.changes.map(change), outputs: diff.outputs.map(output))
    }

    private func change(_ change: InstanceChange) -> ChangeSet.Change {
        ChangeSet.Change(
            action: change.action, address: change.address, previousAddress: change.previousAddress, deposedKey: change.deposedKey,
            type: change.type, attributes: change.attributes.map(attribute))
    }

    private func output(_ output: OutputChange) -> ChangeSet.Output {
        ChangeSet.Output(action: output.action, name: output.name, attributes: output.attributes.map(attribute))
    }

    private func attribute(_ change: AttributeChange) -> ChangeSet.Attribute {
        let hides = change.isSensitive && !reveals
        return ChangeSet.Attribute(
            path: change.path.description, before: value(change.before, hides: hides), after: value(change.after, hides: hides),
            isSensitive: change.isSensitive)
    }

    private func value(_ value: JSONValue?, hides: Bool) -> ShownValue {
        guard let value else { return .absent }
        return hides ? .masked(fingerprint: mask.fingerprint(of: value.canonicalBytes)) : .shown(JSONNode(value))
    }
}
