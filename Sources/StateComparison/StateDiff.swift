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
    /// Cost: linear in the sizes of the states; resources whose bytes are equal are not looked into.
    /// - Parameters:
    ///   - schema: what the providers say about their attributes; `UnknownProviders()` when nothing is known.
    ///   - traced: an attribute whose value is also told of instances that came or went.
    public init(
        from before: TerraformState, to after: TerraformState, schema: some AttributeKnowledge = UnknownProviders(), tracing traced: AttributePath? = nil
    ) {
        let candidates = ChangeCandidates(before: before, after: after)
        let pairing = InstancePairing(candidates)
        let sensitivity = Sensitivity(schema: schema) {
            // What else is in the older state is in the newer one too.
            KnownSecrets(outputsOf: [before, after], resources: after.resources, instances: candidates.old)
        }
        changes = pairing.pairs.compactMap { InstanceChange($0, tracing: traced, sensitivity: sensitivity) }
        outputs = OutputChange.changes(from: before, to: after, tracing: traced, sensitivity: sensitivity)
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
