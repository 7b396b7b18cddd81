public import StateJSON

/// A state of format version 4: what Terraform since 0.12 and OpenTofu write (`internal/states/statefile/version4.go`).
///
/// Zero-copy: everything is a view of the document, decoded when asked for. Reading is lenient where a reader can still
/// make sense of the file; ``problems(in:)`` lists what Terraform would refuse or silently drop.
public struct TerraformState: Sendable {
    public let document: JSONDocument
    public let generation: Generation
    /// Resources in the order of the file, those without instances included.
    public let resources: [StateResource]
    let fields: StateFields

    /// Parses `bytes` and reads them as a version 4 state.
    public init(parsing bytes: StateBytes, limits: JSONLimits = .default) throws(StateFormatError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes, limits: limits)
        } catch {
            throw .syntax(error)
        }
        try self.init(document: document)
    }

    /// Reads an already parsed document as a version 4 state.
    public init(document: JSONDocument) throws(StateFormatError) {
        guard document.root.isObject else { throw .notAnObject }
        let fields = StateFields(document.root)
        guard let version = fields.version else { throw .noVersion }
        guard let number = version.uint64 else {
            throw .wrongType(field: "version", expected: "a positive whole number", offset: version.rawRange.lowerBound)
        }
        guard number == 4 else { throw .unsupportedVersion(number) }
        let serial = try fields.serial.map { value throws(StateFormatError) in
            guard let serial = value.uint64 else {
                throw .wrongType(field: "serial", expected: "a whole number from 0 to 2^64 - 1", offset: value.rawRange.lowerBound)
            }
            return serial
        }
        let lineage = try fields.lineage.map { value throws(StateFormatError) in
            guard let lineage = value.string else {
                throw .wrongType(field: "lineage", expected: "a string", offset: value.rawRange.lowerBound)
            }
            return lineage
        }
        if let value = fields.resources, !value.isArray {
            throw .wrongType(field: "resources", expected: "an array", offset: value.rawRange.lowerBound)
        }
        if let value = fields.outputs, !value.isObject {
            throw .wrongType(field: "outputs", expected: "an object", offset: value.rawRange.lowerBound)
        }
        self.document = document
        self.fields = fields
        generation = Generation(serial: serial ?? 0, lineage: lineage ?? "")
        var resources: [StateResource] = []
        if let list = fields.resources {
            resources.reserveCapacity(list.count)
            for element in list.elements where element.isObject { resources.append(StateResource(element)) }
        }
        self.resources = resources
    }

    /// Always 4.
    public var formatVersion: Int { 4 }
    public var serial: UInt64 { generation.serial }
    public var lineage: String { generation.lineage }

    /// Version of the tool that wrote the file; OpenTofu writes its own here. Empty when the field is missing.
    public var terraformVersion: String { fields.terraformVersion?.string ?? "" }

    /// Root module outputs in the order of the file.
    public var outputs: [StateOutput] {
        fields.outputs?.members.compactMap { $0.value.isObject ? StateOutput(name: $0.key.string, value: $0.value) : nil } ?? []
    }

    /// Results of checks, in the order of the file, which Terraform does not keep stable.
    public var checkResults: [CheckResult] {
        fields.checkResults?.elements.compactMap { $0.isObject ? CheckResult($0) : nil } ?? []
    }

    /// Every instance, deposed ones included, in the order of the file.
    public var instances: [StateInstance] {
        var all: [StateInstance] = []
        all.reserveCapacity(instanceCount)
        for resource in resources { resource.appendInstances(to: &all) }
        return all
    }

    /// Number of instances, deposed ones included. A resource with `"instances": []` counts for nothing.
    public var instanceCount: Int { resources.reduce(0) { $0 + $1.instanceCount } }

    /// The bytes this state was read from.
    public var bytes: StateBytes { document.bytes }
}

extension JSONDeferral {
    /// The attributes of a state's instances, nine tenths of the values of a large one. For comparisons that look into few
    /// of them; whoever reads them all is better off without.
    public static let instanceAttributes = JSONDeferral(of: "attributes", inside: 5)
}
