import Recovery
import Reports
import Sites
import Snapshots

/// Finds out what a restore is about: which states, from which site, into which.
struct RestoreTargets {
    let session: Session
    let access: RecoveryAccess
    let request: RestoreRequest
    /// Whether anything will be written at all.
    let writes: Bool

    /// The one state that a reference names.
    func target(_ text: String) async throws -> RestoreSeries.Target {
        let reference = try access.siteReference(text)
        return try await target(reference, restore(from: reference.site))
    }

    /// The states that references name, or all of the sites they name, each once, in a stable order.
    func targets(_ texts: [String]) async throws -> [RestoreSeries.Target] {
        var targets: [RestoreSeries.Target] = []
        var seen: Set<SiteReference> = []
        for text in texts {
            let reference = try access.siteReference(text)
            let restore = try await restore(from: reference.site)
            for state in try await states(of: reference, text) where seen.insert(SiteReference(site: state.site, key: state.key)).inserted {
                targets.append(try target(state, restore))
            }
        }
        return targets
    }

    private func states(of reference: SiteReference, _ text: String) async throws -> [SiteReference] {
        guard request.takesAll else { return [reference] }
        guard reference.key == nil, reference.version == .latest else {
            throw UsageProblem("--all", "takes sites, not \(text)", hint: "Say \(reference.site), and choose among its states with --state.")
        }
        let catalog = access.catalog([try await access.connect(reference.site).site])
        let keys: [String]
        if reference.fromVault {
            keys = try await catalog.vaultStates(of: reference.site)
        } else {
            let found = try await catalog.states(of: access.connect(reference.site).site)
            // A list that is not whole would be a restore that is not whole.
            if let note = found.notes.first, request.toSite == nil { throw Complaint(.failure, reference.site, note, hint: "Name vault:\(reference.site) to take what the vault knows.") }
            keys = found.keys
        }
        let chosen = keys.filter { key in request.patterns.isEmpty || request.patterns.contains { $0.matches(key) } }
        guard !chosen.isEmpty else { throw Complaint(.failure, text, "There is no such state.", hint: "tfguard versions \(reference.site) and tfguard doctor \(reference.site) list what there is.") }
        return chosen.map { SiteReference(site: reference.site, key: $0, fromVault: reference.fromVault) }
    }

    private func target(_ reference: SiteReference, _ restore: StateRestore) throws -> RestoreSeries.Target {
        guard let version = request.version ?? (reference.version == .latest ? nil : reference.version) else {
            throw UsageProblem("--to", "is needed: which version shall come", hint: "--to last-good takes the newest sound one; tfguard versions \(reference) lists them all.")
        }
        guard request.version == nil || reference.version == .latest else {
            throw UsageProblem("\(reference)", "names a version, and --to another", hint: "Name it once.")
        }
        if case .before = version, request.takesAll {
            throw UsageProblem("--to", "-N moves on with every write, so a second run could not go on where the first one stopped", hint: "Name a time with --as-of.")
        }
        return RestoreSeries.Target(
            restore: restore, reference: SiteReference(site: reference.site, key: reference.key, fromVault: reference.fromVault), version: version,
            destination: request.toKey, permissions: RestorePermissions(lineageChange: request.allowsLineageChange, brokenLock: request.brokenLock),
            allowsAbsence: request.allowsAbsence && request.takesAll)
    }

    private func restore(from site: String) async throws -> StateRestore {
        var context = try await RestoreSession.context(session, access, site: request.toSite ?? site, origin: site)
        context.mayProbe = writes
        return StateRestore(context)
    }
}
