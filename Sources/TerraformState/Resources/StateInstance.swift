public import StateJSON

/// One instance of a resource: an object that exists in the cloud, current or deposed.
public struct StateInstance: Sendable {
    /// The resource it belongs to.
    public let resource: StateResource
    let position: UInt32
    private var indexKeyAt: UInt32 = 0, statusAt: UInt32 = 0, deposedAt: UInt32 = 0, schemaVersionAt: UInt32 = 0
    private var attributesAt: UInt32 = 0, flatAt: UInt32 = 0, sensitiveAt: UInt32 = 0
    private var identityAt: UInt32 = 0, identityVersionAt: UInt32 = 0, privateAt: UInt32 = 0
    private var dependenciesAt: UInt32 = 0, dependsOnAt: UInt32 = 0, createBeforeAt: UInt32 = 0, skipDestroyAt: UInt32 = 0,
        providerAt: UInt32 = 0

    init(_ value: JSONValue, of resource: StateResource) {
        self.resource = resource
        position = value.position
        for member in value.members {
            let name = FieldName(member.key)
            let isNull = member.value.isNull
            // As Go does it: null empties lists, maps and raw JSON, and leaves scalars as they were.
            let at = isNull ? 0 : member.value.position
            // By length first: a state of 100 000 instances has a million of these names.
            switch name.length {
            case 6:
                if name.matches("status") { if !isNull { statusAt = at } }
            case 7:
                if name.matches("private") { privateAt = at } else if name.matches("deposed") { if !isNull { deposedAt = at } }
            case 8:
                if name.matches("identity") { identityAt = at } else if name.matches("provider") { if !isNull { providerAt = at } }
            case 9:
                if name.matches("index_key") { indexKeyAt = at }
            case 10:
                if name.matches("attributes") { attributesAt = at } else if name.matches("depends_on") { dependsOnAt = at }
            case 12:
                if name.matches("dependencies") {
                    dependenciesAt = at
                } else if name.matches("skip_destroy") {
                    if !isNull { skipDestroyAt = at }
                }
            case 14:
                if name.matches("schema_version") { if !isNull { schemaVersionAt = at } }
            case 15:
                if name.matches("attributes_flat") { flatAt = at }
            case 20:
                if name.matches("sensitive_attributes") { sensitiveAt = at }
            case 21:
                if name.matches("create_before_destroy") { if !isNull { createBeforeAt = at } }
            case 23:
                if name.matches("identity_schema_version") { if !isNull { identityVersionAt = at } }
            default: break
            }
        }
    }

    private func field(_ position: UInt32) -> JSONValue? { resource.field(position) }

    /// The whole instance object.
    public var value: JSONValue { resource.document.value(at: position) }
    /// Its exact bytes in the file.
    public var rawRange: Range<Int> { value.rawRange }

    /// Key under `count` (a number) or `for_each` (a string); nil for a single instance.
    public var indexKey: IndexKey? { field(indexKeyAt).flatMap(IndexKey.init) }

    /// Address as Terraform prints it: `module.net["a"].aws_subnet.main[0]`, without the deposed key.
    public var address: String { resource.address + (indexKey.map(\.description) ?? "") }

    /// ``address``, with ` (deposed a1b2c3d4)` behind it for a deposed object, as Terraform prints it.
    public var displayAddress: String { deposed.map { "\(address) (deposed \($0))" } ?? address }

    /// The object is to be replaced at the next apply.
    public var isTainted: Bool { field(statusAt)?.equals("tainted") ?? false }
    /// Key of an object that was replaced but could not be destroyed yet; nil for the current object.
    public var deposed: String? { field(deposedAt)?.string.flatMap { $0.isEmpty ? nil : $0 } }
    /// Version of the resource type's schema that ``attributes`` follow.
    public var schemaVersion: UInt64 { field(schemaVersionAt)?.uint64 ?? 0 }
    /// What the provider recorded; nil when the file has null or ``attributesFlat`` in its place.
    public var attributes: JSONValue? { field(attributesAt) }
    /// Attributes of a state that was upgraded from version 3, in the old flat form (`"tags.%": "2"`).
    public var attributesFlat: JSONValue? { field(flatAt) }
    /// Version of the identity schema (Terraform since 1.12).
    public var identitySchemaVersion: UInt64? { field(identityVersionAt)?.uint64 }
    /// What the provider says identifies the object (Terraform since 1.12).
    public var identity: JSONValue? { field(identityAt) }
    /// Base64 of the provider's private bytes, as written.
    public var privateData: String? { field(privateAt)?.string }
    /// Addresses in the configuration that this depends on: `dependencies`, and `depends_on` of early 0.12.
    public var dependencies: [String] {
        let list = field(dependenciesAt)?.elements.compactMap(\.string) ?? []
        let early = field(dependsOnAt)?.elements.compactMap(\.string) ?? []
        return early.isEmpty ? list : list + early.filter { !list.contains($0) }
    }
    public var createBeforeDestroy: Bool { field(createBeforeAt)?.bool ?? false }
    /// OpenTofu since 1.12: the object is forgotten, not destroyed.
    public var skipDestroy: Bool { field(skipDestroyAt)?.bool ?? false }
    /// The provider configuration of this instance: its own (OpenTofu's provider for_each) or its resource's.
    public var provider: ProviderReference? {
        providerText.flatMap(ProviderReference.init(parsing:)) ?? resource.provider
    }
    /// The instance's own provider field as written (OpenTofu since 1.9); nil when it is the resource's.
    public var providerText: String? { field(providerAt)?.string }

    /// Paths marked sensitive, in the order of the file, which is not stable: compare as a set. What cannot be read as a
    /// path is left out here and listed by ``TerraformState/problems(in:)``.
    ///
    /// Not enough to find every secret: a secret that passed through terraform_data, or was written by Terraform before
    /// 1.8 from a sensitive attribute, is not marked.
    public var sensitivePaths: [AttributePath] {
        field(sensitiveAt)?.elements.compactMap(AttributePath.init(json:)) ?? []
    }

    var statusValue: JSONValue? { field(statusAt) }
    var deposedValue: JSONValue? { field(deposedAt) }
    var indexKeyValue: JSONValue? { field(indexKeyAt) }
    var sensitiveValue: JSONValue? { field(sensitiveAt) }
    var privateValue: JSONValue? { field(privateAt) }
    var providerValue: JSONValue? { field(providerAt) }
    var schemaVersionValue: JSONValue? { field(schemaVersionAt) }
    var dependenciesValue: JSONValue? { field(dependenciesAt) }
    var createBeforeValue: JSONValue? { field(createBeforeAt) }
    var flatValue: JSONValue? { field(flatAt) }
}
