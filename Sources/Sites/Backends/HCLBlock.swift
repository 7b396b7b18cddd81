/// A block of HCL with what stands in it.
struct HCLBlock: Equatable {
    struct Attribute: Equatable {
        var value: BackendValue
        /// 1-based.
        var line: Int
    }

    var name: String
    var labels: [String]
    var line: Int
    var attributes: [String: Attribute] = [:]
    var blocks: [HCLBlock] = []

    init(name: String, labels: [String], line: Int) {
        self.name = name
        self.labels = labels
        self.line = line
    }

    /// Attributes and nested blocks as one object: Terraform writes `assume_role` either way.
    var values: [String: BackendValue] {
        var values = attributes.mapValues(\.value)
        for block in blocks where block.labels.isEmpty { values[block.name] = .object(block.values) }
        return values
    }
}

/// Where a file is no HCL.
struct HCLSyntaxError: Error, Equatable {
    /// 1-based.
    var line: Int
    var reason: String
}
