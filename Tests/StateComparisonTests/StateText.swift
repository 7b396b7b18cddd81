import StateJSON
import Testing
import TerraformState

/// Writes small states for tests.
struct StateText {
    var serial = 1
    var lineage = "11111111-2222-3333-4444-555555555555"
    var resources: [String] = []
    var outputs = "{}"

    var state: TerraformState {
        get throws {
            try TerraformState(parsing: StateBytes(text.utf8))
        }
    }

    var text: String {
        """
        {"version": 4, "terraform_version": "1.11.4", "serial": \(serial), "lineage": "\(lineage)", "outputs": \(outputs),
         "resources": [\(resources.joined(separator: ","))], "check_results": null}
        """
    }

    /// A resource of the AWS provider with these instances.
    static func resource(_ address: String, _ instances: String...) -> String {
        let parts = address.split(separator: ".").map(String.init)
        let mode = parts.first == "data" ? "data" : "managed"
        let names = Array(parts.suffix(2))
        return """
            {"mode": "\(mode)", "type": "\(names[0])", "name": "\(names[1])", "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
             "instances": [\(instances.joined(separator: ","))]}
            """
    }

    /// An instance; `extra` holds further members with a leading comma.
    static func instance(_ attributes: String, _ extra: String = "") -> String {
        "{\"schema_version\": 0, \"attributes\": \(attributes)\(extra)}"
    }
}
