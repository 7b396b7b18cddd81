public import StateJSON

/// Health of one file: everything that is wrong with these bytes, without asking their history; in the order of the file.
/// Empty for a healthy version 4 state.
public func problems(in bytes: StateBytes) -> [StateProblem] {
    let reading = StateReading(bytes)
    if let state = reading.state { return state.problems }
    if case .unreadableFields(.wrongType(let field, let expected, let offset)) = reading.form {
        return [StateProblem(.wrongType, .refused, offset: offset, "field \"\(field)\" is not \(expected)")]
    }
    return [StateProblem(.notAState, .refused, offset: 0, reading.form.description)]
}

extension TerraformState {
    /// What Terraform would refuse, silently drop or misread, and what a person should look at; in the order of the file.
    public var problems: [StateProblem] { StateInspection.problems(of: self, scope: .everything) }

    /// The ``problems`` but those that are merely suspicious: what Terraform would refuse, drop or miss. Costs half as much:
    /// ids under two addresses and names that repeat are not searched for.
    public var refusals: [StateProblem] { StateInspection.problems(of: self, scope: .refusals) }
}

/// Collects problems while it walks a state once.
struct StateInspection {
    enum Scope { case everything, refusals }

    let state: TerraformState
    let scope: Scope
    private(set) var found: [StateProblem] = []
    private var providers = KnownTexts(), modules = KnownTexts(), dependencies = KnownTexts()

    private init(state: TerraformState, scope: Scope) {
        self.state = state
        self.scope = scope
    }

    static func problems(of state: TerraformState, scope: Scope) -> [StateProblem] {
        var inspection = StateInspection(state: state, scope: scope)
        inspection.run()
        return inspection.found.sorted { $0.offset < $1.offset }
    }

    /// Whether Terraform takes `text` for a resource's provider; OpenTofu's instance keys it does not take.
    mutating func isProvider(_ text: JSONValue) -> Bool {
        providers.pass(text) { text in ProviderReference(parsing: text).map { $0.key == nil } ?? false }
    }

    mutating func isModule(_ text: JSONValue) -> Bool { modules.pass(text, ModulePath.isValid) }

    mutating func isDependency(_ text: JSONValue) -> Bool { dependencies.pass(text, ConfigAddress.isResource) }

    private mutating func run() {
        header()
        outputs()
        checkResults()
        resources()
        guard scope == .everything else { return }
        for key in state.document.duplicateKeys {
            report(
                .duplicateKey, .suspicious, key.value,
                "the name \"\(key.string)\" stands twice in one object; Terraform takes the last, other parsers may not")
        }
    }

    mutating func report(
        _ code: StateProblem.Code, _ effect: StateProblem.Effect, _ value: JSONValue, address: @autoclosure () -> String? = nil,
        _ message: String
    ) {
        if effect == .suspicious && scope == .refusals { return }
        found.append(StateProblem(code, effect, offset: value.rawRange.lowerBound, address: address(), message))
    }

    /// Reports `value` when it is there and not of a kind that Go's decoder puts into the field.
    mutating func expect(_ value: JSONValue?, _ field: StaticString, _ kind: JSONValue.Kind, address: @autoclosure () -> String? = nil) {
        guard let value, value.kind != kind else { return }
        report(.wrongType, .refused, value, address: address(), "field \"\(field)\" is of kind \(value.kind), not \(kind)")
    }

    private mutating func header() {
        let root = state.document.root
        expect(state.fields.terraformVersion, "terraform_version", .string)
        if let version = state.fields.terraformVersion, let text = version.string, !text.isEmpty, !VersionText.isVersion(text) {
            report(.invalidTerraformVersion, .refused, version, "\"terraform_version\" is not a version")
        }
        if state.lineage.isEmpty {
            report(
                .missingLineage, .incomplete, state.fields.lineage ?? root,
                "no lineage: nothing protects this state from being overwritten by an unrelated one")
        }
        if state.fields.serial == nil {
            report(.missingSerial, .incomplete, root, "no serial: Terraform counts from 0 again, and takes saved plans of long ago")
        }
        if state.fields.resources == nil {
            report(.missingResources, .incomplete, root, "no \"resources\": Terraform reads this as an empty state")
        }
    }

    private mutating func outputs() {
        guard let outputs = state.fields.outputs else { return }
        for member in outputs.members {
            guard member.value.isObject else {
                expect(member.value, "outputs entry", .object)
                continue
            }
            expect(member.value.field("sensitive"), "sensitive", .bool)
            guard let type = member.value.field("type"), let value = member.value.field("value") ?? member.value["value"] else {
                report(.invalidOutput, .refused, member.value, "output \"\(member.key.string)\" has no type or no value")
                continue
            }
            if !OutputType.admits(type, value) {
                report(
                    .invalidOutput, .refused, type,
                    "output \"\(member.key.string)\" has a type that Terraform does not know, or a value of another")
            }
        }
    }

    private mutating func checkResults() {
        guard let results = state.fields.checkResults else { return }
        expect(results, "check_results", .array)
        for result in results.elements where !result.isNull {
            expect(result, "check_results entry", .object)
            expect(result.field("object_kind"), "object_kind", .string)
            expect(result.field("config_addr"), "config_addr", .string)
            expect(result.field("status"), "status", .string)
            expect(result.field("objects"), "objects", .array)
            // Terraform skips kinds it does not know.
            guard ["resource", "output", "check", "var"].contains(result.field("object_kind")?.string) else { continue }
            if !ConfigAddress.isCheckable(result.field("config_addr")?.string ?? "", keys: false) {
                report(.invalidCheckResult, .refused, result, "a check result without a valid \"config_addr\"")
            }
            guard let objects = result.field("objects") else { continue }
            for object in objects.elements
            where !ConfigAddress.isCheckable(object.field("object_addr")?.string ?? "", keys: true) {
                report(.invalidCheckResult, .refused, object, "a check result without a valid \"object_addr\"")
            }
        }
    }
}
