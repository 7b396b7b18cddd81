import StateJSON
import Testing
import Timestamps
import Vault

@Suite("Runs at the same time lose nothing") struct ConcurrencyTests {
    @Test("two runs that both begin before either commits") func twoWriters() async throws {
        let storage = MemoryStorage()
        let first = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
        let second = try await BackupVault.open(storage)
        var shared = SyntheticHistory(seed: 61, instances: 20)
        shared.advance(by: 3)
        let state = StateID(site: "primary", key: "shared")
        try await Run(first).record(state, shared)
        var mine = SyntheticHistory(seed: 62, instances: 5)
        mine.advance(by: 4)
        var theirs = SyntheticHistory(seed: 63, instances: 5)
        theirs.advance(by: 4)
        var later = shared
        later.advance(by: 2)
        shared.advance(by: 1)
        let a = try await first.beginSnapshot(at: Timestamp(seconds: 10), by: "a")
        let b = try await second.beginSnapshot(at: Timestamp(seconds: 11), by: "b")
        try await Run.record(StateID(site: "primary", key: "mine"), mine, with: a)
        try await Run.record(StateID(site: "primary", key: "theirs"), theirs, with: b)
        try await Run.record(state, shared, with: a)
        try await Run.record(state, later, with: b)
        try await a.commit(sites: [], problems: [])
        try await b.commit(sites: [], problems: [])
        let merged = try await BackupVault.open(storage)
        #expect(try await merged.states().map(\.key) == ["mine", "shared", "theirs"])
        try await expectEverything(of: mine, as: StateID(site: "primary", key: "mine"), in: merged)
        try await expectEverything(of: theirs, as: StateID(site: "primary", key: "theirs"), in: merged)
        try await expectEverything(of: later, as: state, in: merged)
        #expect(try await merged.check(.readAllData).isSound)
        // A third run over another site joins both.
        let third = try await Run(merged).record([:])
        #expect(third.record.parents.count == 2)
        #expect(third.record.ancestorCount == 3)
        let joined = try await BackupVault.open(storage)
        try await expectEverything(of: later, as: state, in: joined)
        try await expectEverything(of: mine, as: StateID(site: "primary", key: "mine"), in: joined)
        let fourth = try await Run(joined).record(state, later)
        #expect(fourth.versionsStored == 0)
        #expect(fourth.record.ancestorCount == 4)
        #expect(try await joined.check(.readAllData).isSound)
    }

    @Test("many runs at once on one folder") func manyWriters() async throws {
        let directory = try TemporaryVault()
        let path = directory.path
        _ = try await BackupVault.create(in: LocalFolderStorage(creating: path), at: Timestamp(seconds: 1))
        let histories = (0..<6).map { number in
            var history = SyntheticHistory(seed: UInt64(70 + number), instances: 8)
            history.advance(by: 4)
            return history
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, history) in histories.enumerated() {
                group.addTask {
                    let vault = try await BackupVault.open(LocalFolderStorage(existing: path))
                    try await Run(vault).record([StateID(site: "s\(number)", key: "k"): history, StateID(site: "all", key: "k"): histories[0]])
                }
            }
            try await group.waitForAll()
        }
        let vault = try await BackupVault.open(LocalFolderStorage(existing: path))
        for (number, history) in histories.enumerated() { try await expectEverything(of: history, as: StateID(site: "s\(number)", key: "k"), in: vault) }
        try await expectEverything(of: histories[0], as: StateID(site: "all", key: "k"), in: vault)
        let report = try await vault.check(.readAllData)
        #expect(report.isSound, "\(report)")
    }

    @Test("a state recorded twice, a writer used after its commit and an unfinished state are refused") func misuse() async throws {
        let vault = try await BackupVault.create(in: MemoryStorage(), at: Timestamp(seconds: 1))
        let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 2), by: "tests")
        let state = StateID(site: "primary", key: "a")
        let recorder = try await writer.record(state, listed: [])
        await #expect(throws: VaultError.self) { try await writer.record(state, listed: []) }
        await #expect(throws: VaultError.self) { try await writer.commit(sites: [], problems: []) }
        try await recorder.finish()
        try await writer.commit(sites: [], problems: [])
        await #expect(throws: VaultError.self) { try await writer.checkpoint() }
    }
}
