/// What one state holds.
public struct ShowReport: Report {
    public var reference: String
    public var serial: UInt64
    public var lineage: String
    public var terraformVersion: String
    public var resources: [Resource]
    public var outputs: [Output]
    public var notices: [Notice]
    /// What could not be read: S3 did not answer, and the vault's copy may not be the newest.
    public var problems: [Problem]

    /// One resource block with all its instances.
    public struct Resource: Sendable {
        public var address: String
        /// The module's address; nil for the root module.
        public var module: String?
        /// `managed` or `data`.
        public var mode: String
        public var type: String
        public var provider: String
        public var instanceCount: Int
        public var taintedCount: Int
        public var deposedCount: Int

        public init(
            address: String, module: String?, mode: String, type: String, provider: String, instanceCount: Int,
            taintedCount: Int = 0, deposedCount: Int = 0
        ) {
            self.address = address
            self.module = module
            self.mode = mode
            self.type = type
            self.provider = provider
            self.instanceCount = instanceCount
            self.taintedCount = taintedCount
            self.deposedCount = deposedCount
        }
    }

    /// One output of the root module.
    public struct Output: Sendable {
        public var name: String
        /// The type as Terraform writes it: `"string"`, `["list","string"]`.
        public var type: JSONNode
        /// Marked so by Terraform.
        public var isSensitive: Bool
        public var value: Value

        /// An output's value, or what stands for it.
        public enum Value: Sendable {
            case shown(JSONNode)
            /// Hidden; with the ``SecretMask`` fingerprint.
            case masked(fingerprint: String)
        }

        public init(name: String, type: JSONNode, isSensitive: Bool, value: Value) {
            self.name = name
            self.type = type
            self.isSensitive = isSensitive
            self.value = value
        }
    }

    public init(
        reference: String, serial: UInt64, lineage: String, terraformVersion: String, resources: [Resource], outputs: [Output],
        notices: [Notice] = [], problems: [Problem] = []
    ) {
        self.reference = reference
        self.serial = serial
        self.lineage = lineage
        self.terraformVersion = terraformVersion
        self.resources = resources
        self.outputs = outputs
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "show" }
    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        [
            "reference": .string(reference),
            "serial": .integer(serial),
            "lineage": .string(lineage),
            "terraform_version": .string(terraformVersion),
            "resources": .objects(resources.map(\.object)),
            "outputs": .objects(outputs.map(\.object)),
            "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        ShowPage(report: self, isDetailed: options.isDetailed).page
    }
}

extension ShowReport.Resource {
    var object: JSONObject {
        [
            "address": .string(address),
            "mode": .string(mode),
            "type": .string(type),
            "provider": .string(provider),
            "instance_count": .integer(instanceCount),
            "tainted_count": .integer(taintedCount),
            "deposed_count": .integer(deposedCount),
        ]
    }
}

extension ShowReport.Output {
    var object: JSONObject {
        let common: JSONObject = ["name": .string(name), "type": type, "sensitive": .bool(isSensitive)]
        switch value {
        case .shown(let node):
            return common + ["masked": .bool(false), "value": node]
        case .masked(let fingerprint):
            return common + ["masked": .bool(true), "value": .null, "value_fingerprint": .string(fingerprint)]
        }
    }
}
