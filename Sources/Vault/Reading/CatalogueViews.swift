/// Catalogues already read, by snapshot.
actor CatalogueViews {
    private let files: VaultFiles
    private var heads: Catalogue?
    private var old: (id: SnapshotID, catalogue: Catalogue)?

    init(_ files: VaultFiles) {
        self.files = files
    }

    /// Lets the next question read the newest snapshots.
    func invalidate() {
        heads = nil
    }

    /// - Parameter snapshot: nil for everything known now.
    func catalogue(_ snapshot: SnapshotID?) async throws -> Catalogue {
        guard let snapshot else {
            if let heads { return heads }
            let catalogue = try await Catalogue.load(SnapshotGraph.load(files).heads, files)
            heads = catalogue
            return catalogue
        }
        if let old, old.id == snapshot { return old.catalogue }
        let graph = try await SnapshotGraph.load(files)
        guard let name = graph.names.first(where: { $0.id == snapshot }) else { throw VaultError.unknownSnapshot(snapshot.hex) }
        let catalogue = try await Catalogue.load([try await files.record(name.object)], files)
        old = (snapshot, catalogue)
        return catalogue
    }
}
