/// The snapshots of a vault and which of them are its heads: the ones that no other continues.
///
/// Runs at the same time make several heads; everything known is the union of what the heads know.
struct SnapshotGraph: Sendable {
    struct Name: Sendable {
        var object: ObjectName
        var height: Int
        var id: SnapshotID
    }

    /// All records, highest first.
    var names: [Name]
    var heads: [SnapshotRecord]

    /// Reads as little as possible: one record when the newest continues all others, which its count of ancestors
    /// proves; every record otherwise.
    static func load(_ files: VaultFiles) async throws -> SnapshotGraph {
        let names = try await files.list(.snapshots).objects
            .compactMap { entry in SnapshotRecord.parse(entry.name).map { Name(object: entry.name, height: $0.height, id: $0.id) } }
            .sorted { ($0.height, $0.id) > ($1.height, $1.id) }
        guard let newest = names.first else { return SnapshotGraph(names: [], heads: []) }
        if let record = try? await files.record(newest.object), record.ancestorCount + 1 == names.count {
            return SnapshotGraph(names: names, heads: [record])
        }
        // Concurrent runs, or records that vanished or are damaged: what can be read is used, `check` tells the rest.
        var continued = Set<SnapshotID>()
        var records: [SnapshotRecord] = []
        var failure: VaultError?
        for name in names {
            do {
                let record = try await files.record(name.object)
                records.append(record)
                continued.formUnion(record.parents)
            } catch VaultError.damaged(let damage) {
                failure = .damaged(damage)
            }
        }
        if records.isEmpty, let failure { throw failure }
        return SnapshotGraph(names: names, heads: records.filter { !continued.contains($0.id) })
    }

    /// How many snapshots the heads and their ancestors are.
    func ancestorCount(_ files: VaultFiles) async throws -> Int {
        if heads.count == 1 { return heads[0].ancestorCount + 1 }
        var seen = Set(heads.map(\.id))
        var open = heads
        while let record = open.popLast() {
            for parent in record.parents where seen.insert(parent).inserted {
                guard let name = names.first(where: { $0.id == parent }) else { continue }
                if let record = try? await files.record(name.object) { open.append(record) }
            }
        }
        return seen.count
    }
}
