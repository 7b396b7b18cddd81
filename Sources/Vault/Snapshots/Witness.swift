internal import Timestamps

/// A small object that stands for a snapshot's record: when the record is deleted, the newest included, its witness
/// still tells that there was one.
///
/// It has the record's name, in `witnesses/`. It is written after the record; the next run adds it when a run died in
/// between.
enum Witness {
    static func document(_ name: ObjectName, time: Timestamp, header: VaultHeader) -> [UInt8] {
        var text = JSONText()
        text.object { text in
            text.member("vault", header.id)
            text.member("record", name.path)
            text.member("time", time.rfc3339)
        }
        return text.bytes
    }

    /// - Returns: bytes written.
    static func write(for record: SnapshotRecord, _ files: VaultFiles) async throws -> Int {
        let name = SnapshotRecord.name(height: record.height, id: record.id, in: .snapshots)
        let bytes = try files.seal(document(name, time: record.time, header: files.header))
        _ = try await files.put(SnapshotRecord.name(height: record.height, id: record.id, in: .witnesses), bytes)
        return bytes.count
    }

    static func restoreMissing(_ graph: SnapshotGraph, _ files: VaultFiles) async throws {
        let present = Set(try await files.list(.witnesses).objects.map(\.name.name))
        for name in graph.names where !present.contains(name.object.name) {
            guard let record = try? await files.record(name.object) else { continue }
            _ = try await write(for: record, files)
        }
    }
}
