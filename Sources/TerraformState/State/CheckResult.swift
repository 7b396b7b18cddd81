public import StateJSON

/// The outcome of the checks of one object of the configuration (Terraform since 1.3).
public struct CheckResult: Sendable {
    public let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    /// `resource`, `output`, `check` or `var`.
    public var kind: String { value.field("object_kind")?.string ?? "" }
    /// Address in the configuration, without instance keys.
    public var configAddress: String { value.field("config_addr")?.string ?? "" }
    /// `pass`, `fail`, `error` or `unknown`.
    public var status: String { value.field("status")?.string ?? "" }

    /// Per instance: address, status and failure messages.
    public var objects: [(address: String, status: String, failureMessages: [String])] {
        value.field("objects")?.elements.map { object in
            (object.field("object_addr")?.string ?? "", object.field("status")?.string ?? "",
             object.field("failure_messages")?.elements.compactMap(\.string) ?? [])
        } ?? []
    }
}
