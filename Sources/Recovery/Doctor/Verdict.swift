internal import TerraformState

/// What the doctor says of a state, or of one version of it.
public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Readable, and nothing in it or its history speaks against it.
    case ok
    /// Readable, but a person should look before the next apply.
    case suspect
    /// JSON, but not a state that Terraform would take whole.
    case invalid
    /// Damaged: content is lost.
    case unreadable
    /// The exact state is inside a wrapping that can be taken off.
    case repairable
    /// Encrypted by OpenTofu: can be kept and put back, not looked into.
    case encrypted
    /// A state in a format that this program does not read.
    case unsupported
    /// The bytes are not those that were written: a checksum says so.
    case checksum
    /// There is no current version, or its bytes could not be had.
    case missing

    init(_ verdict: StateForm.Verdict) {
        switch verdict {
        case .ok: self = .ok
        case .suspect: self = .suspect
        case .invalid: self = .invalid
        case .unreadable: self = .unreadable
        case .repairable: self = .repairable
        case .encrypted: self = .encrypted
        case .unsupported: self = .unsupported
        }
    }
}
