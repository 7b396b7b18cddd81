/// Something wrong with one state file, seen without its history.
public struct StateProblem: Hashable, Sendable {
    /// What it is; the raw value is stable.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// The bytes are no version 4 state; see ``StateForm``.
        case notAState = "not-a-state"
        /// The same instance (address, key and deposed key) twice.
        case duplicateInstance = "duplicate-instance"
        /// The same resource in two entries with different instances; Terraform merges them.
        case duplicateResource = "duplicate-resource"
        /// A field is of a kind Terraform's reader refuses.
        case wrongType = "wrong-type"
        /// A required name is missing.
        case missingField = "missing-field"
        case unknownMode = "unknown-mode"
        case invalidModule = "invalid-module"
        /// A provider text that does not parse: Terraform drops the resource without a word.
        case invalidProvider = "invalid-provider"
        /// No provider at the resource: only OpenTofu, since 1.9, reads its instances' own.
        case providerOnInstances = "provider-on-instances"
        case invalidStatus = "invalid-status"
        case invalidDeposedKey = "invalid-deposed-key"
        case invalidIndexKey = "invalid-index-key"
        /// A dependency that is no address in the configuration.
        case invalidDependency = "invalid-dependency"
        case invalidSensitivePath = "invalid-sensitive-path"
        /// `private` is not base64.
        case invalidPrivateData = "invalid-private-data"
        /// `terraform_version` is no version.
        case invalidTerraformVersion = "invalid-terraform-version"
        /// No type, no value, or a value that is not of the type.
        case invalidOutput = "invalid-output"
        /// A check result for something that is no address.
        case invalidCheckResult = "invalid-check-result"
        /// Without lineage nothing protects the state from being overwritten by another one.
        case missingLineage = "missing-lineage"
        /// Without a serial Terraform counts from 0, and old saved plans fit again.
        case missingSerial = "missing-serial"
        /// No `resources` at all, which Terraform reads as an empty state.
        case missingResources = "missing-resources"
        /// A JSON name twice in one object: parsers differ on which counts.
        case duplicateKey = "duplicate-key"
        /// An instance without attributes.
        case noAttributes = "no-attributes"
        /// Two managed instances of one type and provider with the same id: one object under two addresses.
        case sharedID = "shared-id"
    }

    /// What follows from it.
    public enum Effect: String, Hashable, Sendable, CaseIterable {
        /// Terraform refuses the whole file.
        case refused
        /// Terraform reads the file without this part and exits 0; the next apply creates it again.
        case dropped
        /// Terraform reads the file, but something it relies on is not there.
        case incomplete
        /// Terraform reads the file; a person should look.
        case suspicious
    }

    public let code: Code
    public let effect: Effect
    /// Where, in bytes from 0.
    public let offset: Int
    /// Address of the resource or instance, as far as there is one.
    public let address: String?
    /// One sentence, without values of the state.
    public let message: String

    init(_ code: Code, _ effect: Effect, offset: Int, address: String? = nil, _ message: String) {
        self.code = code
        self.effect = effect
        self.offset = offset
        self.address = address
        self.message = message
    }
}

extension StateProblem: CustomStringConvertible {
    public var description: String { "\(code.rawValue) at byte \(offset)\(address.map { ", \($0)" } ?? ""): \(message)" }
}
