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
        for member in root.members {
            let name = FieldName(member.key)
            // As Go does it: null empties lists and maps, and leaves scalars as they were.
            let value = member.value.isNull ? nil : member.value
            if name.matches("version") { version = value ?? version }
            else if name.matches("terraform_version") { terraformVersion = value ?? terraformVersion }
            else if name.matches("serial") { serial = value ?? serial }
            else if name.matches("lineage") { lineage = value ?? lineage }
            else if name.matches("outputs") { outputs = value }
            else if name.matches("resources") { resources = value }
            else if name.matches("check_results") { checkResults = value }
        }
    }
}
