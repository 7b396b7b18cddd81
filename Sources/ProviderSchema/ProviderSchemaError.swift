/// Why bytes are no `terraform providers schema -json` document.
public struct ProviderSchemaError: Error, Equatable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        case syntax(String)
        case missingKey(String)
        case unsupportedFormatVersion(String)
    }
    public let reason: Reason

    public init(reason: Reason) { self.reason = reason }

    public var description: String {
        switch reason {
        case .syntax(let problem): "the provider schema is not JSON (\(problem)); write it with: terraform providers schema -json > schema.json"
        case .missingKey(let key): "the provider schema has no \"\(key)\"; write it with: terraform providers schema -json > schema.json"
        case .unsupportedFormatVersion(let version): "the provider schema has format_version \(version); this program reads 0.x and 1.x"
        }
    }
}
