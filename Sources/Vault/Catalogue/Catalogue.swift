/// All states that a vault knows, and where their histories are.
struct Catalogue: Sendable {
    /// A piece of the list and what it holds.
    struct Part: Sendable {
        var piece: PieceRef
        var entries: [StateEntry]
    }

    /// One entry per state; several where concurrent runs recorded different histories, newest run first.
    private(set) var entries: [StateID: [StateEntry]] = [:]
    /// The list as it is stored, to keep those pieces that do not change.
    private(set) var parts: [Part] = []
    /// Pieces of the list that could not be read. What older snapshots know of their states stands in.
    private(set) var damages: [Damage] = []

    /// - Parameter records: the heads, in any order.
    static func load(_ records: [SnapshotRecord], _ files: VaultFiles) async throws -> Catalogue {
        var catalogue = Catalogue()
        var seen = Set<PieceRef>()
        var generation = records
        var isComplete = false
        while !isComplete, !generation.isEmpty {
            isComplete = true
            for record in generation.sorted(by: { ($0.time, $0.id) > ($1.time, $1.id) }) {
                for piece in record.catalogue where seen.insert(piece).inserted {
                    do {
                        let entries = try CatalogueSegment(reading: try await files.document(piece)).entries
                        catalogue.add(Part(piece: piece, entries: entries), standingIn: !catalogue.damages.isEmpty)
                    } catch VaultError.damaged(let damage) {
                        catalogue.damages.append(damage)
                        isComplete = false
                    }
                }
            }
            if !isComplete { generation = await parents(of: generation, files) }
        }
        return catalogue
    }

    private mutating func add(_ part: Part, standingIn: Bool) {
        if !standingIn { parts.append(part) }
        for entry in part.entries {
            let known = entries[entry.state] ?? []
            guard !known.contains(entry), known.isEmpty || !standingIn else { continue }
            entries[entry.state] = known + [entry]
        }
    }

    private static func parents(of records: [SnapshotRecord], _ files: VaultFiles) async -> [SnapshotRecord] {
        var parents: [SnapshotID: SnapshotRecord] = [:]
        for record in records {
            for id in record.parents where parents[id] == nil {
                for height in stride(from: record.height - 1, to: 0, by: -1) {
                    if let parent = try? await files.record(SnapshotRecord.name(height: height, id: id, in: .snapshots)) {
                        parents[id] = parent
                        break
                    }
                }
            }
        }
        return Array(parents.values)
    }

    /// The versions of a state, oldest first, histories of concurrent runs merged.
    ///
    /// - Returns: what could be read, and what could not.
    func readableVersions(of state: StateID, _ files: VaultFiles) async -> (versions: [VaultVersion], damages: [Damage]) {
        var merged: [VaultVersion] = []
        var damages: [Damage] = []
        for (index, entry) in (entries[state] ?? []).enumerated() {
            var versions: [VaultVersion] = []
            for piece in entry.segments {
                do {
                    versions.append(contentsOf: try await Self.segment(piece, of: state, files))
                } catch VaultError.damaged(let damage) {
                    damages.append(damage)
                } catch {
                    damages.append(Damage("the history of \(state)", "\(error)"))
                }
            }
            merged = index == 0 ? versions : HistoryMerging.union(merged, versions)
        }
        return (merged, damages)
    }

    private static func segment(_ piece: PieceRef, of state: StateID, _ files: VaultFiles) async throws -> [VaultVersion] {
        let segment = try HistorySegment(reading: try await files.document(piece))
        guard segment.state == state else { throw VaultError.damaged(Damage("the history of \(state)", "it is that of \(segment.state)")) }
        return segment.versions
    }
}
