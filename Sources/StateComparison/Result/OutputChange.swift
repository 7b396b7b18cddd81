import StateJSON
import TerraformState

/// An output of the root module that came, went or has another value.
public struct OutputChange: Sendable {
    public enum Action: String, Sendable, Codable {
        case add, remove, change
    }

    public var action: Action
    public var name: String
    /// The parts of the value that changed; the path starts at `value`. Where one path is traced, a change of something around
    /// it is told as a change of that one.
    public var attributes: [AttributeChange]

    static func changes(
        from before: TerraformState, to after: TerraformState, tracing traced: AttributePath?, sensitivity: Sensitivity<some AttributeKnowledge>
    ) -> [OutputChange] {
        let old = Dictionary(before.outputs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        let new = Dictionary(after.outputs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        return Set(old.keys).union(new.keys).sorted().compactMap { name in
            let (old, new) = (old[name], new[name])
            let hidden = old?.isSensitive == true || new?.isSensitive == true
            var walk = ValueComparison(collections: .untyped)
            walk.compare(old?.value, new?.value, at: [.attribute("value")])
            let action: Action = old == nil ? .add : new == nil ? .remove : .change
            guard action != .change || !walk.differences.isEmpty || old?.isSensitive != new?.isSensitive else { return nil }
            let attributes = walk.differences.compactMap { difference in
                let isSensitive = hidden || SensitiveText.isSecret(name: name, difference) || sensitivity.isKnownSecret(difference)
                let change = AttributeChange(path: AttributePath(difference.path), before: difference.before, after: difference.after, isSensitive: isSensitive)
                guard let traced else { return change }
                return change.narrowed(to: traced)
            }
            return OutputChange(action: action, name: name, attributes: attributes)
        }
    }
}
