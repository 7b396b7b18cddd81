import Reports
import SecretDetection
import StackParity
import StateComparison
import StateJSON
import TerraformState

/// Makes what a reader may see of a parity report.
///
/// What the comparison marks as sensitive is hidden; so is what an attribute of its resource type always keeps secret, and
/// every value and reason that repeats a secret of one of the states, wherever it stands.
struct DriftDisplay {
    private let mask: SecretMask
    private let reveals: Bool
    private let secrets: StateComparison.KnownSecrets
    private let primary: InstanceIndex
    private let dr: InstanceIndex

    /// - Parameter secrets: of all states of the comparison, since one may copy another's.
    init(mask: SecretMask, reveals: Bool, secrets: StateComparison.KnownSecrets, primary: [TerraformState], dr: [TerraformState]) {
        self.mask = mask
        self.reveals = reveals
        self.secrets = secrets
        self.primary = InstanceIndex(primary)
        self.dr = InstanceIndex(dr)
    }

    func entry(_ finding: DriftFinding) -> DriftReport.Entry {
        DriftReport.Entry(
            id: finding.id, findingClass: finding.findingClass.rawValue, ruleID: finding.ruleID, severity: finding.severity,
            primaryAddress: finding.primaryAddress, drAddress: finding.drAddress, attribute: finding.attribute,
            primaryValue: value(finding.primaryValue, at: finding.primaryAddress, finding.attribute, in: primary),
            drValue: value(finding.drValue, at: finding.drAddress, finding.attribute, in: dr), reason: words(finding.reason),
            component: finding.component, isUncertain: finding.isUncertain)
    }

    func expected(_ difference: ExpectedDifference) -> DriftReport.ExpectedEntry {
        DriftReport.ExpectedEntry(
            primaryAddress: difference.primaryAddress, drAddress: difference.drAddress, attribute: difference.attribute,
            reason: difference.reason.rawValue, detail: words(difference.detail))
    }

    private func words(_ text: String) -> String {
        secrets.occur(in: text) ? "it names a sensitive value, which is not shown" : text
    }

    private func value(_ value: DriftValue, at address: String?, _ attribute: String?, in index: InstanceIndex) -> ShownValue {
        switch value {
        case .absent:
            return .absent
        case .sensitive:
            guard let found = lookUp(address, attribute, in: index) else { return .masked(fingerprint: "") }
            return reveals ? .shown(JSONNode(found)) : hidden(found.canonicalBytes)
        case .text(let text):
            // Long values are cut, and what is cut is no JSON any more.
            let parsed = try? JSONDocument(parsing: StateBytes(Array(text.utf8))).root
            if isAlwaysSecret(address, attribute, in: index) { return hidden(lookUp(address, attribute, in: index)?.canonicalBytes ?? Array(text.utf8)) }
            if secrets.occur(in: text) || parsed?.string.map({ secrets.occur(in: $0) }) == true {
                return hidden(parsed?.canonicalBytes ?? Array(text.utf8))
            }
            return .shown(parsed.map { JSONNode($0) } ?? .string(text))
        }
    }

    /// Whether the attribute is a secret in every instance of the type, though the state and the provider's schema may not say so.
    private func isAlwaysSecret(_ address: String?, _ attribute: String?, in index: InstanceIndex) -> Bool {
        guard !reveals, let address, let attribute, let type = InstanceIndex.resourceType(of: address) else { return false }
        let name = attribute.prefix { $0 != "." && $0 != "[" }
        guard SecretAttribute.isSecret(type: type, name: name) else { return false }
        return SecretAttribute.isSecret(type: type, name: name) { index[address]?.attributes?[$0]?.string }
    }

    private func hidden(_ bytes: [UInt8]) -> ShownValue { .masked(fingerprint: mask.fingerprint(of: bytes)) }

    /// The sensitive value itself, for its hash or for `--reveal`: found again by address and path.
    private func lookUp(_ address: String?, _ attribute: String?, in index: InstanceIndex) -> JSONValue? {
        guard let address, let attribute, let attributes = index[address]?.attributes else { return nil }
        return PathText.steps(of: attribute).flatMap { AttributePath($0).value(in: attributes) }
    }
}
