internal import Cryptography

extension VaultCheck {
    /// The records of all snapshots, the chain between them, and their witnesses.
    mutating func checkRecords() async throws -> [SnapshotRecord] {
        var records: [SnapshotRecord] = []
        var names = Set<String>()
        for entry in try await files.list(.snapshots).objects.sorted(by: { $0.name > $1.name }) {
            guard SnapshotRecord.parse(entry.name) != nil else {
                note("\(entry.name.path) is not a snapshot's name: it is ignored")
                continue
            }
            names.insert(entry.name.name)
            do {
                records.append(try await files.record(entry.name))
            } catch VaultError.damaged(let found) {
                damage(found.subject, found.detail)
            }
        }
        checkChain(records, names)
        try await checkWitnesses(records, names)
        return records
    }

    private mutating func checkChain(_ records: [SnapshotRecord], _ names: Set<String>) {
        let present = Set(names.compactMap { ObjectName(.snapshots, $0).flatMap(SnapshotRecord.parse)?.id })
        for record in records {
            for parent in record.parents where !present.contains(parent) {
                damage("snapshot \(parent.short)", "its record is missing; snapshot \(record.id.short) continues it")
            }
            if record.headerDigest != files.header.digest {
                damage(VaultHeader.object.path, "it is not the file that snapshot \(record.id.short) was written under")
            }
        }
    }

    private mutating func checkWitnesses(_ records: [SnapshotRecord], _ names: Set<String>) async throws {
        let witnesses = try await files.list(.witnesses).objects
        for entry in witnesses {
            guard let (_, id) = SnapshotRecord.parse(entry.name) else {
                note("\(entry.name.path) is not a witness's name: it is ignored")
                continue
            }
            guard let record = records.first(where: { $0.id == id }) else {
                if !names.contains(entry.name.name) { damage("snapshot \(id.short)", "its record is missing; its witness says that there was one") }
                continue
            }
            let name = SnapshotRecord.name(height: record.height, id: id, in: .snapshots)
            let expected = Witness.document(name, time: record.time, header: files.header)
            if files.unseal(try await files.get(entry.name)) != expected { damage(entry.name.path, "it is not the witness that was written") }
        }
        let witnessed = Set(witnesses.map(\.name.name))
        let highest = records.map(\.height).max() ?? 0
        for name in names.sorted() where !witnessed.contains(name) {
            guard let object = ObjectName(.snapshots, name), let (height, id) = SnapshotRecord.parse(object) else { continue }
            if height < highest {
                damage("snapshot \(id.short)", "its witness is missing, though later runs would have written it")
            } else {
                note("snapshot \(id.short) has no witness: its run died between the two, or the witness was deleted; the next run writes it")
            }
        }
    }
}
