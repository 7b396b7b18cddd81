public import StateJSON

/// Why bytes cannot be read as a version 4 state. ``StateForm/recognise(_:)`` says what they are instead.
public enum StateFormatError: Error, Hashable, Sendable {
    /// No JSON text.
    case syntax(JSONSyntaxError)
    /// JSON, but the outermost value is no object.
    case notAnObject
    /// No `version` field: Terraform takes such a file for no state at all.
    case noVersion
    /// A `version` that this cannot read as version 4; legacy states are 1 to 3.
    case unsupportedVersion(UInt64)
    /// No `serial` where one is needed.
    case noSerial
    /// A field of a kind that Terraform's reader refuses, with the offset of its value.
    case wrongType(field: String, expected: String, offset: Int)
}

extension StateFormatError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .syntax(let error): "not JSON: \(error)"
        case .notAnObject: "JSON, but not an object: no Terraform state"
        case .noVersion: "no \"version\" field: no Terraform state"
        case .unsupportedVersion(let version):
            version < 4
                ? "state format \(version), from Terraform before 0.12" : "state format \(version), which is newer than this program"
        case .noSerial: "no \"serial\" field to replace"
        case .wrongType(let field, let expected, let offset): "field \"\(field)\" at byte \(offset) is not \(expected)"
        }
    }
}
