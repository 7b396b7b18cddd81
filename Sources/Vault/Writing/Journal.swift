internal import Cryptography
internal import StateJSON

/// What an unfinished run has made durable: versions whose bytes are in complete packs.
///
/// ```
/// {"format":1,"parts":[{"site":"…","key":"…","versions":[…]},…],"packs":["…"]}
/// ```
/// A journal is a help and no promise: without it the next run fetches again what no snapshot names.
enum Journal {
    static func document(_ versions: [VaultVersion], registry: PackRegistry) -> [UInt8] {
        var table = PackTable(own: nil)
        var text = JSONText()
        text.object { text in
            text.member("format", VaultHeader.supportedFormat)
            text.key("parts")
            text.array { text in
                for (state, versions) in Dictionary(grouping: versions, by: \.state).sorted(by: { $0.key < $1.key }) {
                    text.object { text in
                        text.member("site", state.site)
                        text.member("key", state.key)
                        text.key("versions")
                        text.array { text in
                            for version in versions { VersionText.write(version, to: &text, table: &table) }
                        }
                    }
                }
            }
            table.write(to: &text, registry: registry)
        }
        return text.bytes
    }

    static func read(_ bytes: [UInt8], subject: String, registry: PackRegistry) throws -> [VaultVersion] {
        let document = try VaultDocument(parsing: bytes, subject: subject, own: nil, registry: registry)
        guard try document.count(document.value["format"], "format") <= VaultHeader.supportedFormat else { return [] }
        return try document.required(document.value["parts"], "parts").elements.flatMap { value in
            let state = StateID(site: try document.required(value["site"]?.string, "site"), key: try document.required(value["key"]?.string, "key"))
            return try document.required(value["versions"], "versions").elements.map { try VersionText.read($0, of: state, in: document) }
        }
    }
}

/// The journals of a vault: those that other runs left, and this run's own.
struct JournalShelf {
    private var found: [(name: ObjectName, states: Set<StateID>)] = []
    private var versions: [StateID: [VersionIdentity: VaultVersion]] = [:]
    private var own: [ObjectName] = []
    private let run: String

    static func load(_ files: VaultFiles) async throws -> JournalShelf {
        var shelf = JournalShelf(run: Hex.encode(try secureRandomBytes(count: 8)))
        for entry in try await files.list(.journal).objects {
            // A live run may remove its journal at any moment, and a damaged one is only a lost shortcut.
            guard let bytes = try? await files.get(entry.name), let text = files.unseal(bytes),
                let versions = try? Journal.read(text, subject: entry.name.path, registry: files.registry)
            else { continue }
            shelf.found.append((entry.name, Set(versions.map(\.state))))
            for version in versions where version.isInVault { shelf.versions[version.state, default: [:]][version.listed.identity] = version }
        }
        return shelf
    }

    private init(run: String) {
        self.run = run
    }

    /// What unfinished runs had stored of a state.
    mutating func adopt(_ state: StateID) -> [VersionIdentity: VaultVersion] {
        versions.removeValue(forKey: state) ?? [:]
    }

    mutating func nextName() -> ObjectName {
        let name = ObjectName(trusted: .journal, "\(run)-\(own.count + 1)")
        own.append(name)
        return name
    }

    /// Removes this run's journals, and those of others that tell of nothing but what this run has recorded.
    func removeSettled(recorded: Set<StateID>, _ files: VaultFiles) async {
        for name in own + found.filter({ $0.states.isSubset(of: recorded) }).map(\.name) {
            // What cannot be removed now is removed by a later run.
            try? await files.delete(name)
        }
    }
}
