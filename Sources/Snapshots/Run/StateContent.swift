internal import StateJSON
internal import TerraformState
internal import Vault

/// What a version's bytes turned out to be, in the words of the vault.
struct StateContent: Sendable {
    let form: StateForm
    let summary: Vault.StateSummary
    let boundaries: [Range<Int>]

    /// The largest state that is taken out of gzip data.
    private static let inflationLimit = 512 << 20

    /// Reads the bytes once: form, generation, counts, health and the boundaries for the vault.
    init(_ bytes: StateBytes) {
        let reading = StateReading(bytes, inflate: { Gzip.inflate($0, limit: Self.inflationLimit) })
        form = reading.form
        boundaries = reading.state?.pieceBoundaries ?? []
        var summary = Vault.StateSummary(
            form: form.code, verdict: reading.verdict.rawValue, serial: nil, lineage: nil, terraformVersion: nil, resourceCount: nil, instanceCount: nil)
        switch reading.wrapped?.form ?? form {
        case .state(let content), .legacy(let content):
            summary.serial = content.generation.serial
            summary.lineage = content.generation.lineage
            summary.terraformVersion = content.terraformVersion
            summary.resourceCount = content.resourceCount
            summary.instanceCount = content.instanceCount
        case .encrypted(let envelope):
            summary.serial = envelope.generation?.serial
            summary.lineage = envelope.generation?.lineage
        default: break
        }
        self.summary = summary
    }
}
