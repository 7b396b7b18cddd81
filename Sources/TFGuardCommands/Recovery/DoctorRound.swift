import DynamoDB
import Recovery
import Reports
import Sites
import Snapshots
import Timestamps

/// Examines states, some at a time.
struct DoctorRound {
    let session: Session
    let options: ConfigurationOptions
    let parallel: Int
    let policy: Diagnosis.Policy

    struct Found {
        var examinations: [StateExamination] = []
        var problems: [Problem] = []
    }

    /// States of one site that are looked at at once; each holds a few versions in memory.
    private static let atOnce = 4

    func examine(_ texts: [String]) async throws -> Found {
        var found = Found()
        let configuration = try session.configuration(options)
        let references = try texts.isEmpty
            ? session.requiredConfiguration(options).sites.map { StateReference.site(SiteReference(site: $0.name)) }
            : texts.map { try StateReference(parsing: $0, sites: configuration?.sites.map(\.name) ?? [], isFile: { LocalFile.exists($0) }) }
        var access: RecoveryAccess?
        for reference in references {
            guard case .site(let state) = reference else {
                let blob = try await StateLookup(session, options).read("\(reference)")
                found.examinations.append(StateDoctor.examine(blob))
                continue
            }
            let current = if let access { access } else { try await RecoveryAccess(session, options, parallel: parallel) }
            access = current
            try await examine(state, current, isOnly: references.count == 1, &found)
        }
        return found
    }

    private func examine(_ reference: SiteReference, _ access: RecoveryAccess, isOnly: Bool, _ found: inout Found) async throws {
        do {
            let connection = try await access.connect(reference.site)
            let catalog = access.catalog([connection.site])
            let doctor = StateDoctor(catalog: catalog, site: connection.site, dynamoDB: connection.dynamoDB, policy: policy, now: { .now() })
            guard reference.key == nil else {
                found.examinations.append(try await doctor.examine(reference))
                return
            }
            let (keys, notes) = try await catalog.states(of: connection.site)
            found.problems += notes.map { Problem(reference: reference.site, message: $0, hint: "Check the site's access and try again.") }
            try await examine(keys, of: reference, doctor, &found)
        } catch let error where !isOnly && !(error is CancellationError) {
            found.problems += Complaint(error).problems
        }
    }

    private func examine(_ keys: [String], of reference: SiteReference, _ doctor: StateDoctor, _ found: inout Found) async throws {
        let results = try await withThrowingTaskGroup(of: (Int, Result<StateExamination, any Error>).self) { group in
            var results = [Result<StateExamination, any Error>?](repeating: nil, count: keys.count)
            for (index, key) in keys.enumerated() {
                if index >= Self.atOnce, let (done, result) = try await group.next() { results[done] = result }
                try Task.checkCancellation()
                group.addTask {
                    do {
                        var examination = try await doctor.examine(SiteReference(site: reference.site, key: key, fromVault: reference.fromVault))
                        // Of many states the judgement is kept, not the bytes.
                        if keys.count > 1 { examination.bytes = nil }
                        return (index, .success(examination))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for try await (done, result) in group { results[done] = result }
            return results
        }
        for (key, result) in zip(keys, results) {
            switch result {
            case .success(let examination): found.examinations.append(examination)
            case .failure(let error):
                if error is CancellationError { throw error }
                found.problems += Complaint(error).problems.map { Problem(reference: "\(reference.site):\(key)", message: $0.message, hint: $0.hint) }
            case nil: break
            }
        }
    }
}
