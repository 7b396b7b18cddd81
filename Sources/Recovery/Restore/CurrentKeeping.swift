internal import Cryptography
internal import Timestamps
internal import S3
internal import Sites
internal import Snapshots
internal import Vault

/// Keeps what a restore is about to cover: whatever it is, garbage included.
struct CurrentKeeping {
    let context: RestoreContext
    let plan: RestorePlan

    struct Kept {
        /// A reference that leads back to it.
        var undo: String?
        var notes: [String] = []
    }

    /// Stores it in the vault, and makes sure that S3 keeps it where the vault could not.
    ///
    /// - Throws: ``RestoreError/nowhereToKeep(reference:reason:)``; the vault's errors.
    func keep() async throws -> Kept {
        var kept = Kept()
        let snapshot = try await snapshot()
        kept.notes += snapshot.notes
        guard let current = plan.current, !current.isDeleteMarker else { return kept }
        let isInVault = try await isInVault(current)
        if current.versionID != "null" {
            kept.undo = SiteReference(site: plan.site, key: plan.key, version: .versionID(current.versionID)).description
        } else if isInVault, let id = snapshot.id {
            kept.undo = SiteReference(site: plan.site, key: plan.key, version: .snapshot(id), fromVault: true).description
        }
        guard !isInVault else { return kept }
        let versioning = try await context.site.bucket.versioning()
        guard versioning.value?.status == .enabled, current.versionID != "null" else {
            let reason = context.vault == nil ? "there is no vault, and the bucket's versioning is not on" : "the vault could not take it, and the bucket's versioning is not on"
            throw RestoreError.nowhereToKeep(reference: plan.reference, reason: reason)
        }
        kept.notes.append(context.vault == nil ? "without a vault, what was there is kept by the bucket's versioning alone" : "what was there could not be read into the vault; the bucket's versioning keeps it")
        return kept
    }

    /// A snapshot of this one state.
    private func snapshot() async throws -> (id: String?, notes: [String]) {
        guard let vault = context.vault, let pattern = Glob(escaped(plan.key)) else { return (nil, []) }
        var settings = context.site.settings
        // One short listing: below the key, and no workspaces beside it.
        settings.prefix = plan.key
        settings.workspaceKeyPrefix = plan.key
        settings.states = []
        settings.exclude = []
        let run = SnapshotRun(
            sites: [Site(settings: settings, bucket: context.site.bucket)], vault: vault, options: SnapshotOptions(states: [pattern], patience: []),
            tool: "tfguard \(context.version)", now: context.now)
        let report = try await run.run()
        return (report.snapshotID?.hex, report.problems.map { "\($0.reference): \($0.message)" })
    }

    private func isInVault(_ current: VersionEntry) async throws -> Bool {
        let history = try await context.vault?.history(of: StateID(site: plan.site, key: plan.key))
        return history?.versions.contains { $0.listed.versionID == current.versionID && $0.listed.etag == current.etag && $0.isInVault } ?? false
    }

    /// The key as a pattern that matches nothing else.
    private func escaped(_ key: String) -> String {
        var pattern = ""
        for scalar in key.unicodeScalars {
            if ["*", "?", "[", "]", "\\"].contains(scalar) { pattern.unicodeScalars.append("\\") }
            pattern.unicodeScalars.append(scalar)
        }
        return pattern
    }
}
