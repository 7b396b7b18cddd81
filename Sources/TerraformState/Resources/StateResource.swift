public import StateJSON

/// One resource of a state: a type, a name, and its instances.
public struct StateResource: Sendable {
    let document: JSONDocument
    let position: UInt32
    /// Tape positions of fields; 0, the root's own, means absent.
    private var moduleAt: UInt32 = 0, modeAt: UInt32 = 0, typeAt: UInt32 = 0, nameAt: UInt32 = 0
    private var providerAt: UInt32 = 0, instancesAt: UInt32 = 0

    init(_ value: JSONValue) {
        document = value.document
        position = value.position
        for member in value.members {
            let name = FieldName(member.key), isNull = member.value.isNull
            if isNull && !name.matches("instances") { continue }
            let at = isNull ? 0 : member.value.position
            switch name.length {
            case 4:
                if name.matches("mode") { modeAt = at }
                else if name.matches("type") { typeAt = at }
                else if name.matches("name") { nameAt = at }
            case 6:
                if name.matches("module") { moduleAt = at }
            case 8:
                if name.matches("provider") { providerAt = at }
            case 9:
                if name.matches("instances") { instancesAt = at }
            default: break
            }
        }
    }

    func field(_ position: UInt32) -> JSONValue? { position == 0 ? nil : document.value(at: position) }

    /// The whole resource object.
    public var value: JSONValue { document.value(at: position) }
    /// Its exact bytes in the file.
    public var rawRange: Range<Int> { value.rawRange }

    /// Module instance address, `module.net["a"].module.sub[0]`; nil in the root module.
    public var module: String? { field(moduleAt)?.string.flatMap { $0.isEmpty ? nil : $0 } }
    /// Nil for a mode that Terraform does not know.
    public var mode: ResourceMode? { modeValue?.string.flatMap(ResourceMode.init(rawValue:)) }
    public var type: String { field(typeAt)?.string ?? "" }
    public var name: String { field(nameAt)?.string ?? "" }

    /// The provider configuration; nil when the text is missing or when Terraform cannot parse it, in which case it drops
    /// the resource without a word (all releases up to 1.16).
    public var provider: ProviderReference? { providerText.flatMap(ProviderReference.init(parsing:)) }
    /// The provider field as written. OpenTofu leaves it out when its instances name their own.
    public var providerText: String? { field(providerAt)?.string }

    /// Address as Terraform prints it: `module.net.aws_vpc.main`, `data.aws_ami.base`.
    public var address: String {
        (module.map { "\($0)." } ?? "") + (mode == .data ? "data." : "") + "\(type).\(name)"
    }

    /// Address in the configuration, without module keys: what `dependencies` and check results use.
    public var configAddress: String {
        (module.map { "\(ModulePath.withoutKeys($0))." } ?? "") + (mode == .data ? "data." : "") + "\(type).\(name)"
    }

    /// Instances in the order of the file, deposed ones included. Made anew at each call: keep the result.
    public var instances: [StateInstance] {
        var list: [StateInstance] = []
        list.reserveCapacity(instanceCount)
        appendInstances(to: &list)
        return list
    }

    /// Number of entries in `instances`.
    public var instanceCount: Int { field(instancesAt).map { $0.isArray ? $0.count : 0 } ?? 0 }

    func appendInstances(to list: inout [StateInstance]) {
        guard let instances = field(instancesAt) else { return }
        for element in instances.elements where element.isObject { list.append(StateInstance(element, of: self)) }
    }

    var modeValue: JSONValue? { field(modeAt) }
    var instancesValue: JSONValue? { field(instancesAt) }
    var providerValue: JSONValue? { field(providerAt) }
    var moduleValue: JSONValue? { field(moduleAt) }
    var typeValue: JSONValue? { field(typeAt) }
    var nameValue: JSONValue? { field(nameAt) }
}
