import ArgumentParser
import ProviderSchema
import Reports
import Sites
import StateJSON

/// `--provider-schema`.
struct SchemaOptions: ParsableArguments, Sendable {
    @Option(name: .customLong("provider-schema"), help: .variable("TFGUARD_PROVIDER_SCHEMA", "Output of `terraform providers schema -json`, for providers and versions that are not built in.", value: "file"))
    var providerSchema: String?

    /// Providers' schemas of any size are below this; the whole AWS provider's is 30 MB.
    private static let limit = 1 << 29

    /// The built-in schema, extended by the file's.
    func schema(_ environment: EnvironmentVariables) throws -> ProviderSchema {
        guard let path = providerSchema ?? environment["TFGUARD_PROVIDER_SCHEMA"] else { return .builtIn }
        do {
            let bytes = try LocalFile.readState(path, limit: Self.limit, allowingPipes: true)
            return .builtIn.extended(by: try ProviderSchema.load(providersSchemaJSON: bytes))
        } catch let error as LocalFile.Failure {
            throw Complaint(.failure, path, error.description, hint: "Check the path.")
        } catch let error as ProviderSchemaError {
            throw Complaint(.failure, path, error.description, hint: "")
        }
    }
}
