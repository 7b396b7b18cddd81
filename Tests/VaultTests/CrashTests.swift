import Cryptography
import Foundation
import StateJSON
import Testing
import Timestamps
import Vault
import VaultFaults

/// A run that dies at any of its writes harms nothing, and the next run completes it.
@Suite("Runs that die leave a sound vault") struct CrashTests {
    private static let states = ["a", "b", "c"].map { StateID(site: "primary", key: $0) }

    private static func histories(_ versions: Int) -> [StateID: SyntheticHistory] {
        Dictionary(uniqueKeysWithValues: states.enumerated().map { number, state in
            var history = SyntheticHistory(seed: UInt64(40 + number), instances: 4)
            history.advance(by: versions)
            return (state, history)
        })
    }

    /// A run that makes checkpoints between states, as a long one does.
    private static func run(_ vault: BackupVault, _ histories: [StateID: SyntheticHistory]) async throws -> Int {
        let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 3), by: "tests")
        var fetched = 0
        for (state, history) in histories.sorted(by: { $0.key < $1.key }) {
            fetched += try await Run.record(state, history, with: writer)
            try await writer.checkpoint()
        }
        try await writer.commit(sites: [], problems: [])
        return fetched
    }

    @Test("stopped before, in the middle of, or after any write", arguments: [FaultyStorage.Fault.stop, .stopAfter, .tornWrite, .noSpace])
    func anyWrite(fault: FaultyStorage.Fault) async throws {
        let start = MemoryStorage()
        let early = Self.histories(2)
        let late = Self.histories(4)
        _ = try await Self.run(try await BackupVault.create(in: start, at: Timestamp(seconds: 1)), early)
        let rehearsal = FaultyStorage(MemoryStorage(copying: start))
        _ = try await Self.run(try await BackupVault.open(rehearsal), late)
        try #require(rehearsal.changes > 8)
        for operation in 1...rehearsal.changes {
            let storage = MemoryStorage(copying: start)
            do {
                _ = try await Self.run(try await BackupVault.open(FaultyStorage(storage, fault, at: operation)), late)
            } catch let error as VaultError {
                guard case .storage = error else { throw error }
            }
            let survivor = try await BackupVault.open(storage)
            let report = try await survivor.check(.readAllData)
            #expect(report.isSound, "\(fault) at \(operation): \(report)")
            // What the earlier run stored is there, before anything is repaired.
            for (state, history) in early {
                let found = try #require(try await survivor.history(of: state))
                for version in history.versions { #expect(try await survivor.read(try #require(found.version(matching: version.listed))) == StateBytes(version.bytes)) }
            }
            _ = try await Self.run(survivor, late)
            let after = try await BackupVault.open(storage)
            for (state, history) in late { try await expectEverything(of: history, as: state, in: after) }
            let final = try await after.check(.readAllData)
            #expect(final.isSound, "\(fault) at \(operation): \(final)")
            #expect(try await storage.list(.journal).objects.isEmpty)
        }
    }

    @Test("what a checkpoint made durable is not fetched again") func resumption() async throws {
        let storage = MemoryStorage()
        let histories = Self.histories(6)
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
        let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 2), by: "tests")
        for state in Self.states.prefix(2) { try await Run.record(state, try #require(histories[state]), with: writer) }
        try await writer.checkpoint()
        // The run dies here.
        let survivor = try await BackupVault.open(storage)
        #expect(try await survivor.states().isEmpty)
        let report = try await survivor.check(.readAllData)
        #expect(report.isSound)
        #expect(report.notes.count == 2, "\(report.notes)")
        #expect(try await Self.run(survivor, histories) == 6)
        for (state, history) in histories { try await expectEverything(of: history, as: state, in: survivor) }
        #expect(try await survivor.check(.readAllData).notes.isEmpty)
    }

    @Test("a run that dies on a real disk leaves only a temporary file, which the next run removes") func tornWriteOnDisk() async throws {
        let directory = try TemporaryVault()
        let path = directory.path
        let histories = Self.histories(3)
        _ = try await Self.run(try await BackupVault.create(in: LocalFolderStorage(creating: path), at: Timestamp(seconds: 1)), histories)
        let late = Self.histories(5)
        let torn = FaultyStorage(try LocalFolderStorage(existing: path), .tornWrite, at: 2) { name, half in
            _ = FileManager.default.createFile(atPath: "\(path)/tmp/4711-1", contents: Data(half))
        }
        await #expect(throws: VaultError.self) { try await Self.run(try await BackupVault.open(torn), late) }
        let survivor = try await BackupVault.open(LocalFolderStorage(existing: path))
        #expect(try await survivor.check(.readAllData).isSound)
        _ = try await Self.run(survivor, late)
        #expect(try directory.files().filter { $0.hasPrefix("tmp/") }.isEmpty)
        for (state, history) in late { try await expectEverything(of: history, as: state, in: survivor) }
    }
}
