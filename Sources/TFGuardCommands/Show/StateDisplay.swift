import Reports
import SecretDetection
import StateComparison
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
        report.notices = notices(of: state)
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
        let known = KnownSecrets(of: reveals ? [] : [state])
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
        known.occur(in: value) || SensitiveText.isSecret(name: name, value)
            || value.nested.contains { !$0.value.isNull && $0.value.bool == nil && SecretName.isSecret($0.name?.string ?? name) }
    }

    /// A damaged state may have a problem in every line; the first ones say what is wrong with it.
    private static let mostNotices = 20

    private func notices(of state: TerraformState) -> [Notice] {
        let problems = state.problems
        let shown = problems.prefix(Self.mostNotices).map { Notice($0.effect == .refused ? .bad : .caution, .words($0.message)) }
        guard problems.count > shown.count else { return shown }
        let more = Quantity.count(problems.count - shown.count, "more problem", "more problems")
        return shown + [Notice(problems.contains { $0.effect == .refused } ? .bad : .caution, .words("\(more) of this state"), hint: "tfguard doctor lists them all.")]
    }
}
