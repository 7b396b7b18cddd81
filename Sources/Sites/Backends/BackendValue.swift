/// One value of a backend's settings, wherever it was written: HCL, JSON syntax or Terraform's own cache.
indirect enum BackendValue: Equatable {
    case null
    case string(String)
    case number(String)
    case bool(Bool)
    case list([BackendValue])
    case object([String: BackendValue])
    /// A variable, a function, an interpolation: its text, for the message that says it was not read.
    case expression(String)

    /// Text of a string, or of a number where Terraform would convert it.
    var text: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }

    var flag: Bool? {
        switch self {
        case .bool(let value): value
        case .string("true"): true
        case .string("false"): false
        default: nil
        }
    }

    var isNull: Bool { self == .null || self == .string("") || self == .object([:]) || self == .list([]) }
}
