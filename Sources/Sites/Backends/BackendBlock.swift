internal import StateJSON

/// The `backend` block of a folder's configuration files.
struct BackendBlock: Equatable {
    var type: String
    var settings: [String: BackendValue]
    var file: String
    var line: Int?

    /// The block in one file, if it has one. `cloud` counts as a backend of that name.
    static func find(in text: String, file: String) throws(HCLSyntaxError) -> BackendBlock? {
        if file.hasSuffix(".json") { return findJSON(in: text, file: file) }
        for terraform in try HCLReader.blocks(in: text).blocks where terraform.name == "terraform" {
            for block in terraform.blocks {
                if block.name == "backend", let type = block.labels.first {
                    return BackendBlock(type: type, settings: block.values, file: file, line: block.line)
                }
                if block.name == "cloud" { return BackendBlock(type: "cloud", settings: [:], file: file, line: block.line) }
            }
        }
        return nil
    }

    private static func findJSON(in text: String, file: String) -> BackendBlock? {
        let bytes = StateBytes(Array(text.utf8))
        guard let document = try? JSONDocument(parsing: bytes), document.root.isObject, let terraform = document.root["terraform"] else { return nil }
        // A block may be an object or a list of them.
        for block in objects(terraform) {
            if let cloud = block["cloud"], !cloud.isNull {
                return BackendBlock(type: "cloud", settings: [:], file: file, line: line(of: cloud, in: bytes))
            }
            guard let backends = block["backend"] else { continue }
            for backend in objects(backends) {
                for (key, body) in backend.members {
                    guard let first = objects(body).first, case .object(let settings) = BackendValue(first, templates: true) else { continue }
                    return BackendBlock(type: key.string, settings: settings, file: file, line: line(of: body, in: bytes))
                }
            }
        }
        return nil
    }

    private static func objects(_ value: JSONValue) -> [JSONValue] {
        value.isArray ? value.elements.filter(\.isObject) : value.isObject ? [value] : []
    }

    private static func line(of value: JSONValue, in bytes: StateBytes) -> Int {
        bytes.lineAndColumn(of: value.rawRange.lowerBound).line
    }
}
