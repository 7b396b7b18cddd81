import Cryptography
import StateJSON
import Testing
import Timestamps
import Vault

/// A snapshot run over synthetic histories.
struct Run {
    let vault: BackupVault
    var time = Timestamp(seconds: 2_000_000_000)

    init(_ vault: BackupVault) {
        self.vault = vault
    }

    /// One run over one state.
    @discardableResult
    func record(_ state: StateID, _ history: SyntheticHistory) async throws -> SnapshotResult {
        try await record([state: history])
    }

    @discardableResult
    func record(_ histories: [StateID: SyntheticHistory]) async throws -> SnapshotResult {
        let writer = try await vault.beginSnapshot(at: time, by: "tests")
        var fetched = 0
        for (state, history) in histories.sorted(by: { $0.key < $1.key }) { fetched += try await Self.record(state, history, with: writer) }
        let site = SiteSummary(name: "primary", states: histories.count, versions: 0, deleteMarkers: 0, versionsFetched: fetched, bytesFetched: 0)
        return try await writer.commit(sites: [site], problems: [])
    }

    /// - Returns: how many versions were fetched.
    @discardableResult
    static func record(_ state: StateID, _ history: SyntheticHistory, with writer: SnapshotWriter) async throws -> Int {
        let recorder = try await writer.record(state, listed: history.listing)
        for listed in recorder.missing {
            guard let version = history.versions.first(where: { $0.listed == listed }) else { continue }
            try await recorder.store(listed, bytes: StateBytes(version.bytes), sha256: SHA256.hash(version.bytes), summary: StateSummary(form: "state", verdict: "ok", serial: 1, lineage: "l"))
        }
        try await recorder.finish()
        return recorder.missing.count
    }
}

/// Checks that every version of a history comes back byte for byte.
func expectEverything(of history: SyntheticHistory, as state: StateID, in vault: BackupVault) async throws {
    let found = try #require(try await vault.history(of: state))
    #expect(found.damages.isEmpty)
    #expect(found.versions.filter(\.isListed).map(\.listed) == history.listing)
    for version in history.versions where !version.listed.isDeleteMarker {
        let stored = try #require(found.version(matching: version.listed))
        let bytes = try await vault.read(stored)
        #expect(bytes == StateBytes(version.bytes), "version \(version.listed.versionID)")
    }
}
