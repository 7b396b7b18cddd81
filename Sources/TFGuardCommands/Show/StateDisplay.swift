import Reports
import SecretDetection
import StateJSON
import TerraformState

/// Makes a state's report: its resources, and its outputs with secrets masked.
struct StateDisplay {
    let mask: SecretMask
    let reveals: Bool

    /// - Throws: ``Complaint`` when the bytes are no version 4 state; it says what they are instead.
    func report(of bytes: StateBytes, reference: String) throws(Complaint) -> ShowReport {
        let reading = StateReading(bytes)
        guard let state = reading.state else {
            throw Complaint(
                .failure, reference, "is no state that can be shown: \(reading.form.description)",
                hint: "--raw gives the exact bytes.")
        }
        var report = ShowReport(
            reference: reference, serial: state.serial, lineage: state.lineage, terraformVersion: state.terraformVersion,
            resources: state.resources.map(resource), outputs: outputs(of: state))
        report.notices = state.problems.map { Notice($0.effect == .refused ? .bad : .caution, .words($0.message)) }
        return report
    }

    private func resource(_ resource: StateResource) -> ShowReport.Resource {
        let instances = resource.instances
        return ShowReport.Resource(
            address: resource.address, module: resource.module, mode: resource.mode == .data ? "data" : "managed",
            type: resource.type, provider: resource.provider?.source ?? resource.providerText ?? "", instanceCount: instances.count,
            taintedCount: instances.count { $0.isTainted }, deposedCount: instances.count { $0.deposed != nil })
    }

    private func outputs(of state: TerraformState) -> [ShowReport.Output] {
        let known = reveals ? KnownSecrets() : KnownSecrets(in: state)
        return state.outputs.map { output($0, known) }
    }

    private func output(_ output: StateOutput, _ known: KnownSecrets) -> ShowReport.Output {
        let type = output.type.map { JSONNode($0) } ?? .null
        let value: ShowReport.Output.Value
        if let found = output.value, !reveals, output.isSensitive || holdsSecret(found, name: output.name, known) {
            value = .masked(fingerprint: mask.fingerprint(of: found.canonicalBytes))
        } else {
            value = .shown(output.value.map { JSONNode($0) } ?? .null)
        }
        return ShowReport.Output(name: output.name, type: type, isSensitive: output.isSensitive, value: value)
    }

    /// Terraform's mark is not enough: a `terraform_data` output held a password unmarked (hashicorp/terraform#35609).
    private func holdsSecret(_ value: JSONValue, name: String, _ known: KnownSecrets) -> Bool {
        switch value.kind {
        case .null, .bool: return false
        case .number, .string:
            return SecretName.isSecret(name) || value.string.map { SecretShape.isSecret($0) || known.contains($0) } ?? false
        case .array: return value.elements.contains { holdsSecret($0, name: name, known) }
        case .object: return SecretName.isSecret(name) || value.members.contains { holdsSecret($0.value, name: $0.key.string, known) }
        }
    }
}
