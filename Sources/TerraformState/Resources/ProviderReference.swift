/// A provider configuration as a state names it: `provider["registry.terraform.io/hashicorp/aws"].backup`.
public struct ProviderReference: Hashable, Sendable {
    /// The text in the state.
    public let raw: String
    /// Registry host; `terraform.io` for built-in providers.
    public let host: String
    /// `hashicorp`; `-` for the legacy form `provider.aws`, `builtin` for terraform_data's provider.
    public let namespace: String
    /// `aws`.
    public let type: String
    /// Alias of the configuration; nil for the default one.
    public let alias: String?
    /// OpenTofu's provider for_each: the key of the configuration's instance.
    public let key: IndexKey?
    /// Module path, without keys, that the configuration stands in; nil for the root module.
    public let module: String?

    /// `registry.terraform.io/hashicorp/aws`.
    public var source: String { "\(host)/\(namespace)/\(type)" }

    /// Terraform 0.12's form, without a namespace.
    public var isLegacy: Bool { namespace == "-" }
}

extension ProviderReference: CustomStringConvertible {
    public var description: String { raw }
}
