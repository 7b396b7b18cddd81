internal import StateJSON
internal import TerraformState

/// A managed instance that a restore makes Terraform forget or remember.
public struct AffectedInstance: Sendable, Hashable {
    public var address: String
    public var type: String
    /// The address of its resource in the configuration, without keys: all that a `removed` block can name.
    public var resource: String
    /// The provider's id of the object, when the state has one.
    public var id: String?

    /// The configuration that brings a forgotten object back into the state
    /// (https://developer.hashicorp.com/terraform/language/import).
    public var importBlock: String? {
        id.map { "import {\n  to = \(address)\n  id = \(Self.quoted($0))\n}" }
    }

    /// The command that takes an object that no longer exists out of the state again.
    public var removal: String {
        "terraform state rm '\(address.replacing("'", with: "'\\''"))'"
    }

    /// The configuration that takes the whole resource out of the state without destroying anything; Terraform 1.7 and later
    /// (https://developer.hashicorp.com/terraform/language/block/removed).
    public var removedBlock: String {
        "removed {\n  from = \(resource)\n  lifecycle {\n    destroy = false\n  }\n}"
    }

    /// The managed instances of the first state whose address is not in the second, in the first one's order.
    static func of(_ state: TerraformState?, notIn other: TerraformState?) -> [AffectedInstance] {
        let addresses = Set(other?.instances.map { Array($0.displayAddress.utf8) } ?? [])
        return (state?.instances ?? []).compactMap { instance in
            guard instance.resource.mode == .managed, !addresses.contains(Array(instance.displayAddress.utf8)) else { return nil }
            return AffectedInstance(address: instance.displayAddress, type: instance.resource.type, resource: instance.resource.configAddress, id: instance.attributes?["id"]?.string)
        }
    }

    /// A text as HCL writes it.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("${", with: "$${").replacing("%{", with: "%%{")
        return "\"\(escaped.replacing("\n", with: "\\n"))\""
    }
}
