import Reports
import Sites
import Snapshots
import Timestamps

/// The states of one site, all read from one place: its bucket, or the vault alone once the bucket did not answer.
struct SiteStates: Sendable {
    let side: StatePairing.Side
    /// Why the vault is read in the bucket's place.
    let notes: [String]
    private let reference: SiteReference
    private let catalog: StateCatalog

    /// What came of reading a state.
    enum Reading: Sendable {
        case state(ComparableState)
        /// Its current version, or that of the time asked for, is a delete marker.
        case deleted
        case failed([Problem])
    }

    /// Lists the site.
    /// - Throws: a ``Complaint`` when nothing is known of it.
    init(_ reference: SiteReference, _ lookup: StateLookup, _ configuration: Configuration?) async throws {
        let found = try await lookup.states(of: reference, configuration)
        (side, notes) = (found.side, found.notes)
        guard !side.keys.isEmpty else {
            guard notes.isEmpty else { throw Complaint(.failure, reference.site, notes.joined(separator: "; "), hint: "The vault holds nothing of it either.") }
            throw ReferenceError(reference: reference.site, reason: .noStates(site: reference.site))
        }
        var reference = reference
        // A bucket that does not list its objects gives out none: it is not asked again for each of them.
        if !notes.isEmpty { reference.fromVault = true }
        self.reference = reference
        catalog = try await lookup.catalog(for: .site(reference), configuration)
    }

    /// How many states are read at a time.
    private static let parallel = 8

    /// Reads states, some at a time; what came of each, by its key.
    func read(_ keys: [String]) async throws -> [String: Reading] {
        try await withThrowingTaskGroup(of: (String, Reading).self) { group in
            var waiting = keys[...]
            func addNext() {
                guard let key = waiting.popFirst() else { return }
                group.addTask { (key, try await read(key)) }
            }
            for _ in 0..<Self.parallel { addNext() }
            var readings: [String: Reading] = [:]
            for try await (key, reading) in group {
                readings[key] = reading
                addNext()
            }
            return readings
        }
    }

    private func read(_ key: String) async throws -> Reading {
        var reference = reference
        reference.key = key
        do {
            let blob = try await catalog.read(.site(reference))
            // A bucket that answers and no longer has the state: what the vault remembers of it is no stack of today.
            if !reference.fromVault, reference.version == .latest, blob.notes.isEmpty, blob.entry?.isListed == false { return .deleted }
            return .state(try ComparableState(blob))
        } catch let error as CancellationError {
            throw error
        } catch {
            if error is ReferenceError, await isDeleted(reference) { return .deleted }
            return .failed(
                Complaint(error).problems.map { problem in
                    Problem(reference: problem.reference.isEmpty ? reference.description : problem.reference, message: problem.message, hint: problem.hint)
                })
        }
    }

    /// Whether what the reference means is a delete marker.
    private func isDeleted(_ reference: SiteReference) async -> Bool {
        guard let list = try? await catalog.versions(of: reference) else { return false }
        func current(at moment: Timestamp) -> VersionEntry? { list.entries.first { $0.lastModified <= moment } }
        let meant = switch reference.version {
        case .latest: list.entries.first
        case .at(let moment): current(at: moment)
        case .ago(let time): current(at: .now() - time.duration)
        default: nil as VersionEntry?
        }
        return meant?.isDeleteMarker == true
    }
}
