public import StateJSON

/// One look at some bytes: what they are, and the parsed state when they are one. Saves whoever needs both a second parse.
public struct StateReading: Sendable {
    public let form: StateForm
    /// Set for ``StateForm/state(_:)``.
    public let state: TerraformState?
    /// Set whenever the bytes are one JSON text.
    public let document: JSONDocument?

    public init(_ bytes: StateBytes, limits: JSONLimits = .default) {
        if let form = StateForm.bySignature(bytes) {
            (self.form, state, document) = (form, nil, nil)
            return
        }
        do {
            let document = try JSONDocument(parsing: bytes, limits: limits)
            self.document = document
            (form, state) = StateReading.classify(document)
        } catch {
            (form, state, document) = (StateForm.byError(error, in: bytes), nil, nil)
        }
    }

    private static func classify(_ document: JSONDocument) -> (StateForm, TerraformState?) {
        let root = document.root
        guard root.isObject else { return (.otherJSON(.notAnObject(root.kind)), nil) }
        if let envelope = EncryptedEnvelope(root) { return (.encrypted(envelope), nil) }
        if let backend = backendCache(root) { return (.backendCache(backend: backend), nil) }
        guard let version = root.field("version") else { return (withoutVersion(root), nil) }
        if let lock = lockInfo(root) { return (lock, nil) }
        switch version.uint64 {
        case nil: return (.otherJSON(.versionOfWrongKind), nil)
        case 0: return (.otherJSON(.versionZero), nil)
        case 1, 2, 3: return (.legacy(LegacyState(root, version: version.uint64 ?? 0).summary), nil)
        case 4:
            do {
                let state = try TerraformState(document: document)
                return (.state(state.summary), state)
            } catch {
                return (.unreadableFields(error), nil)
            }
        case let number?: return (.futureVersion(number), nil)
        }
    }

    private static func withoutVersion(_ root: JSONValue) -> StateForm {
        if root["format_version"] != nil {
            if root["planned_values"] != nil || root["resource_changes"] != nil { return .planJSON }
            if root["values"] != nil || root["terraform_version"] != nil { return .showJSON }
        }
        return lockInfo(root) ?? .otherJSON(.noVersion)
    }

    /// Terraform's lock info has a `Version` too: a string, which tells it from a state.
    private static func lockInfo(_ root: JSONValue) -> StateForm? {
        guard let id = root["ID"]?.string, root["Operation"] != nil, root["Created"] != nil else { return nil }
        return .lockInfo(id: id, who: root["Who"]?.string ?? "")
    }

    /// A backend block and no resources: states of version 3 on a remote backend had the block too.
    private static func backendCache(_ root: JSONValue) -> String? {
        guard let backend = root.field("backend") ?? root.field("state_store") ?? root.field("remote"), backend.isObject else { return nil }
        guard root.field("resources") == nil, LegacyState(root, version: 3).summary.resourceCount == 0 else { return nil }
        return backend.field("type")?.string ?? ""
    }
}

extension TerraformState {
    /// What the state says of itself, and its counts. Resources without instances are not counted.
    public var summary: StateSummary {
        StateSummary(
            formatVersion: 4, generation: generation, terraformVersion: terraformVersion,
            resourceCount: resources.count { $0.instanceCount > 0 }, instanceCount: instanceCount)
    }
}
