internal import Cryptography
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON
internal import TerraformState

/// Looks for the highest serial that was ever seen for a lineage: a restore must write a higher one, or plans that were
/// saved for another content would be accepted.
struct HighestSerial {
    let lineage: String
    private(set) var value: UInt64 = 0
    private(set) var cautions: [String] = []

    /// Broken versions that are looked into for the serial at their beginning.
    private static let limitOfBroken = 50

    init(lineage: String) {
        self.lineage = lineage
    }

    mutating func see(_ generation: Generation?) {
        guard let generation, generation.lineage == lineage || generation.lineage.isEmpty || lineage.isEmpty else { return }
        value = max(value, generation.serial)
    }

    /// - Parameter list: with its contents looked into, as far as they can be.
    mutating func see(_ list: VersionList, catalog: StateCatalog) async throws {
        var broken = 0
        var unknown = 0
        for entry in list.entries where !entry.isDeleteMarker {
            if let serial = entry.serial {
                see(Generation(serial: serial, lineage: entry.lineage ?? ""))
            } else if entry.size > 0, entry.form != "backend_cache", broken < Self.limitOfBroken {
                broken += 1
                guard let blob = try? await catalog.read(entry, of: list) else {
                    unknown += 1
                    continue
                }
                see(StateHead(prefix: blob.bytes[0..<min(blob.bytes.count, 4096)])?.generation)
            }
        }
        if unknown > 0 {
            cautions.append("\(unknown) versions of \(list.reference) could not be read, so their serials are not known")
        }
    }

    /// The state's copy at a site that it is replicated to.
    mutating func see(replica: Site, key: String, catalog: StateCatalog) async throws {
        do {
            try await see(catalog.versions(of: SiteReference(site: replica.name, key: key), details: .content), catalog: catalog)
        } catch let error as ReferenceError {
            // No replica yet: nothing was seen there.
            if case .noSuchKey = error.reason { return }
            if case .noStates = error.reason { return }
            throw error
        } catch let error as S3Error {
            cautions.append("the replica at \(replica.name) could not be read (\(error.code)), so the serials used there are not known")
        }
    }
}
