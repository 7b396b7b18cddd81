import TerraformState

/// The two versions' own marks: serial, lineage and the Terraform that wrote them.
public struct GenerationChange: Sendable, Hashable {
    public struct Mark: Sendable, Hashable {
        public var serial: UInt64
        public var lineage: String
        public var terraformVersion: String

        init(_ state: TerraformState) {
            serial = state.serial
            lineage = state.lineage
            terraformVersion = state.terraformVersion
        }
    }

    public var before: Mark
    public var after: Mark

    /// Whether the two are versions of different states: comparing them says little.
    public var isOtherLineage: Bool {
        before.lineage != after.lineage && !before.lineage.isEmpty && !after.lineage.isEmpty
    }
}
