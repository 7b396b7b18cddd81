/// The flags of one resource type's attributes, by schema path.
public struct ResourceTypeSchema: Sendable {
    /// `aws_instance`, or `data.aws_ami` for a data source.
    public let name: String
    /// Schema path (`root_block_device.kms_key_id`: no indexes) to flags. Attributes without an entry are plainly configured.
    public let flags: [String: AttributeFlags]

    /// - Parameter path: names joined by dots, without list indexes or map keys.
    public subscript(path: String) -> AttributeFlags? { flags[path] }

    init(name: String, flags: [String: AttributeFlags]) {
        self.name = name
        self.flags = flags
    }
}
