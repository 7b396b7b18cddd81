public import StateJSON

/// One look at some bytes: what they are, and the parsed state when they are one. Saves whoever needs both a second parse.
public struct StateReading: Sendable {
    public let form: StateForm
    /// Set for ``StateForm/state(_:)``.
    public let state: TerraformState?
    /// Set whenever the bytes are one JSON text.
    public let document: JSONDocument?
    /// Set when a whole state is inside a wrapping: byte order mark, UTF-16, UTF-32, gzip, zlib, aws-chunked framing.
    public let wrapped: Content?

    /// What is inside a wrapping, or inside several.
    public struct Content: Sendable {
        /// The exact bytes of the state.
        public let bytes: StateBytes
        public let form: StateForm
        /// Set for ``StateForm/state(_:)``.
        public let state: TerraformState?
    }

    /// Plain bytes out of gzip or zlib data; nil when it is damaged or too large. Given from outside: this module owns no
    /// decompression.
    public typealias Inflate = (StateBytes) -> StateBytes?

    /// - Parameters:
    ///   - deferral: `.instanceAttributes` for whoever looks into a few instances of many; without it all is at hand.
    ///   - inflate: without it, gzip and zlib data are named and not looked into.
    public init(_ bytes: StateBytes, limits: JSONLimits = .default, deferring deferral: JSONDeferral? = nil, inflate: Inflate? = nil) {
        self.init(bytes, limits, deferral, inflate, depth: 0)
    }

    private init(_ bytes: StateBytes, _ limits: JSONLimits, _ deferral: JSONDeferral?, _ inflate: Inflate?, depth: Int) {
        if let form = StateForm.bySignature(bytes) {
            (state, document) = (nil, nil)
            (self.form, wrapped) = StateReading.look(into: bytes, form, limits, deferral, inflate, depth)
            return
        }
        wrapped = nil
        do {
            let document = try JSONDocument(parsing: bytes, limits: limits, deferring: deferral)
            self.document = document
            (form, state) = StateReading.classify(document)
        } catch {
            (form, state, document) = (StateForm.byError(error, in: bytes), nil, nil)
        }
    }

    /// A wrapping counts as one only when a state is inside.
    private static func look(
        into bytes: StateBytes, _ form: StateForm, _ limits: JSONLimits, _ deferral: JSONDeferral?, _ inflate: Inflate?, _ depth: Int
    ) -> (StateForm, Content?) {
        switch Unwrapping.open(bytes, form, inflate: inflate) {
        case .closed: return (form, nil)
        case .damaged: return (.damagedWrapping(form), nil)
        case .content(let content):
            guard depth < Unwrapping.deepest else { return (.damagedWrapping(form), nil) }
            let inner = StateReading(content, limits, deferral, inflate, depth: depth + 1)
            if let innermost = inner.wrapped { return (form, innermost) }
            switch inner.form {
            case .state, .encrypted, .legacy: return (form, Content(bytes: content, form: inner.form, state: inner.state))
            // Gzip data that nobody can open here may still be a state.
            case .gzip, .zlib, .zstd: return (form, nil)
            default: return (.wrapped(inner.form, in: form), nil)
            }
        }
    }

    /// What a document is that was parsed already, without a wrapping; the state in it when it is one.
    static func classify(_ document: JSONDocument) -> (StateForm, TerraformState?) {
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
