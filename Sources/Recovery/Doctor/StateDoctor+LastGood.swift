public import Snapshots

extension StateDoctor {
    /// The newest version that nothing speaks against, neither its bytes nor its history: what `@last-good` means.
    ///
    /// - Throws: ``RestoreError/doubtful(reference:version:reason:)`` when a newer version could not be read; `VaultError`.
    @Sendable public static func lastGood(of list: VersionList, in catalog: StateCatalog) async throws -> VersionEntry? {
        try await HistoryWalk(list, catalog: catalog, bucket: nil, policy: .init(), digest: nil).soundest(reference: list.reference)
    }
}
