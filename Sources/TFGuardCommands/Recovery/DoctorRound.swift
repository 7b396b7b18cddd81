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
            : texts.map { try StateReference(parsing: $0, sites: configuration?.sites.map(\.name) ?? [], isFile: { LocalFile.exists($0) || LocalFile.isFolder($0) }) }
        var access: RecoveryAccess?
        let sites = Set(references.compactMap { reference -> String? in
            guard case .site(let state) = reference else { return nil }
            return state.site
        })
        for reference in references {
            guard case .site(let state) = reference else {
                try await examineFiles(reference, isOnly: references.count == 1, &found)
                continue
            }
            let current = if let access { access } else { try await RecoveryAccess(session, options, parallel: parallel) }
            access = current
            try await examine(state, current, sites, isOnly: references.count == 1, &found)
        }
        let links = configuration?.replication ?? []
        SharedObjects.mark(&found.examinations) { one, other in
            links.contains { ($0.from == one && $0.to == other) || ($0.from == other && $0.to == one) }
        }
        return found
    }

    /// A file, standard input, or all state files of a folder; each after the backup that Terraform keeps beside it.
    private func examineFiles(_ reference: StateReference, isOnly: Bool, _ found: inout Found) async throws {
        let lookup = StateLookup(session, options)
        var paths = ["\(reference)"]
        if case .path(let folder) = reference, LocalFile.isFolder(folder) {
            paths = LocalFile.stateFiles(in: folder)
            guard !paths.isEmpty else { throw Complaint(.failure, folder, "There is no state file in this folder.", hint: "Name a folder that holds .tfstate files.") }
        }
        for path in paths {
            do {
                let backup = path == "-" ? nil : LocalFile.exists(path + ".backup") ? try await lookup.read("\(path).backup") : nil
                var examination = StateDoctor.examine(try await lookup.read(path), after: [backup].compactMap(\.self), policy: policy)
                if paths.count > 1 { examination.bytes = nil }
                found.examinations.append(examination)
            } catch let error where !(isOnly && paths.count == 1) && !(error is CancellationError) {
                found.problems += Complaint(error).problems
            }
        }
    }

    /// The sites that replication pairs with one; an original that is examined itself reports for both.
    private func pairs(of name: String, _ access: RecoveryAccess, _ examined: Set<String>, _ found: inout Found) async -> [PairedSite] {
        var pairs: [PairedSite] = []
        for link in access.configuration.replication where link.from == name || (link.to == name && !examined.contains(link.from)) {
            let isOrigin = link.to == name
            do {
                let other = try await access.connect(isOrigin ? link.from : link.to)
                pairs.append(PairedSite(site: other.site, recoveryPoint: link.recoveryPoint, isOrigin: isOrigin))
            } catch {
                found.problems += Complaint(error).problems
            }
        }
        return pairs
    }

    private func examine(_ reference: SiteReference, _ access: RecoveryAccess, _ examined: Set<String>, isOnly: Bool, _ found: inout Found) async throws {
        do {
            let connection = try await access.connect(reference.site)
            let pairs = reference.fromVault ? [] : await pairs(of: reference.site, access, examined, &found)
            let catalog = access.catalog([connection.site] + pairs.map(\.site))
            let fences = reference.fromVault ? nil : await access.fenceWatch(for: connection.site)
            let doctor = StateDoctor(
                catalog: catalog, site: connection.site, dynamoDB: connection.dynamoDB, pairs: pairs, policy: policy, fences: fences, now: { .now() })
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
