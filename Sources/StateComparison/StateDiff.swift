public import TerraformState

/// What changed between two versions of one state, in meaning: formatting, order of keys and of set elements, and what
/// only Terraform's bookkeeping knows (`private`, `dependencies`) are not changes.
public struct StateDiff: Sendable {
    /// The instances that changed, in the order of the newer state; what is gone stands where it stood.
    public var changes: [InstanceChange]
    /// The root module's outputs that changed, by name.
    public var outputs: [OutputChange]
    public var generation: GenerationChange

    /// Compares two versions.
    ///
    /// Cost: linear in the sizes of the states; instances whose bytes are equal are not looked into.
    /// - Parameter schema: what the providers say about their attributes; `UnknownProviders()` when nothing is known.
    public init(from before: TerraformState, to after: TerraformState, schema: some AttributeKnowledge = UnknownProviders()) {
        let pairing = InstancePairing(before: before, after: after)
        let sensitivity = Sensitivity(before: before, after: after, schema: schema)
        changes = pairing.pairs.compactMap { InstanceChange($0, schema: schema, sensitivity: sensitivity) }
        outputs = OutputChange.changes(from: before, to: after, sensitivity: sensitivity)
        generation = GenerationChange(before: .init(before), after: .init(after))
    }

    /// Whether nothing that Terraform manages differs; the generation may.
    public var isEmpty: Bool {
        changes.isEmpty && outputs.isEmpty
    }

    /// How many instances each action touched.
    public var counts: [InstanceChange.Action: Int] {
        changes.reduce(into: [:]) { $0[$1.action, default: 0] += 1 }
    }
}
