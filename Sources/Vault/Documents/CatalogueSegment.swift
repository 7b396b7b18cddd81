internal import StateJSON

/// Where the history of a state is: its segments in order, and how many versions they hold.
struct StateEntry: Sendable, Hashable {
    var state: StateID
    var segments: [PieceRef]
    var versionCount: Int
}

/// A part of the list of all states, in order of site and key.
///
/// ```
/// {"states":[{"site":"primary","key":"prod/network.tfstate","versions":37,"history":[[1,0],[1,1]]},…],"packs":["…"]}
/// ```
struct CatalogueSegment: Sendable {
    var entries: [StateEntry]

    func document(in own: UInt32, registry: PackRegistry) -> [UInt8] {
        var table = PackTable(own: own)
        var text = JSONText()
        text.object { text in
            text.key("states")
            text.array { text in
                for entry in entries { Self.write(entry, to: &text, table: &table) }
            }
            table.write(to: &text, registry: registry)
        }
        return text.bytes
    }

    private static func write(_ entry: StateEntry, to text: inout JSONText, table: inout PackTable) {
        text.object { text in
            text.member("site", entry.state.site)
            text.member("key", entry.state.key)
            text.member("versions", entry.versionCount)
            text.key("history")
            text.array { text in
                for segment in entry.segments {
                    text.array { text in
                        text.integer(table.index(of: segment.pack))
                        text.integer(segment.ordinal)
                    }
                }
            }
        }
    }

    init(entries: [StateEntry]) {
        self.entries = entries
    }

    init(reading document: VaultDocument) throws {
        entries = try document.required(document.value["states"], "states").elements.map { value in
            let state = StateID(site: try document.required(value["site"]?.string, "site"), key: try document.required(value["key"]?.string, "key"))
            let segments = try document.required(value["history"], "history").elements.map { try document.reference($0, in: .meta) }
            return StateEntry(state: state, segments: segments, versionCount: try document.count(value["versions"], "versions"))
        }
    }

    /// Splits a sorted list of states at places that depend on the states' own names, so that a new state changes one
    /// segment only.
    static func split(_ entries: [StateEntry]) -> [CatalogueSegment] {
        var segments: [CatalogueSegment] = []
        var current: [StateEntry] = []
        for entry in entries {
            current.append(entry)
            if current.count >= 64 || (current.count >= 8 && endsSegment(entry.state)) {
                segments.append(CatalogueSegment(entries: current))
                current = []
            }
        }
        if !current.isEmpty { segments.append(CatalogueSegment(entries: current)) }
        return segments
    }

    private static func endsSegment(_ state: StateID) -> Bool {
        // FNV-1a: the same on every machine, unlike Swift's hashes.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in state.key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return (hash ^ (hash >> 32)) % 24 == 0
    }
}
