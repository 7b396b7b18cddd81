internal import StateJSON

/// Consecutive versions of one state, oldest first: a part of its history.
///
/// ```
/// {"site":"primary","key":"prod/network.tfstate","versions":[{"id":"…",…},…],"packs":["…"]}
/// ```
struct HistorySegment: Sendable {
    /// Small enough that a segment and its predecessor fit into deflate's window, so that one version more costs a few
    /// hundred bytes.
    static let capacity = 24

    var state: StateID
    var versions: [VaultVersion]

    func document(in own: UInt32?, registry: PackRegistry) -> [UInt8] {
        var table = PackTable(own: own)
        var text = JSONText()
        text.object { write(to: &$0, table: &table, registry: registry) }
        return text.bytes
    }

    private func write(to text: inout JSONText, table: inout PackTable, registry: PackRegistry) {
        text.member("site", state.site)
        text.member("key", state.key)
        text.key("versions")
        text.array { text in
            for version in versions { VersionText.write(version, to: &text, table: &table) }
        }
        table.write(to: &text, registry: registry)
    }

    init(state: StateID, versions: [VaultVersion]) {
        self.state = state
        self.versions = versions
    }

    init(reading document: VaultDocument) throws {
        let root = document.value
        let state = StateID(site: try document.required(root["site"]?.string, "site"), key: try document.required(root["key"]?.string, "key"))
        self.state = state
        versions = try document.required(root["versions"], "versions").elements.map { try VersionText.read($0, of: state, in: document) }
    }
}
