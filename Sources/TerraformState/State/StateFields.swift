internal import StateJSON

/// The top-level fields of a state file, found in one walk.
struct StateFields: Sendable {
    private(set) var version: JSONValue?
    private(set) var terraformVersion: JSONValue?
    private(set) var serial: JSONValue?
    private(set) var lineage: JSONValue?
    private(set) var outputs: JSONValue?
    private(set) var resources: JSONValue?
    private(set) var checkResults: JSONValue?

    init(_ root: JSONValue) {
        for member in root.members where !member.value.isNull {
            let name = FieldName(member.key), value = member.value
            if name.matches("version") { version = value }
            else if name.matches("terraform_version") { terraformVersion = value }
            else if name.matches("serial") { serial = value }
            else if name.matches("lineage") { lineage = value }
            else if name.matches("outputs") { outputs = value }
            else if name.matches("resources") { resources = value }
            else if name.matches("check_results") { checkResults = value }
        }
    }
}
