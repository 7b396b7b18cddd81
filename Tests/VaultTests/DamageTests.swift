import Cryptography
import StateJSON
import Testing
import Timestamps
import Vault

/// Whatever is altered or removed, `check` finds it and everything else can be read.
@Suite("Damage is found and harms nothing else") struct DamageTests {
    private static let folders: [ObjectName.Folder] = [.root, .data, .meta, .snapshots, .witnesses]

    private func makeVault() async throws -> (storage: MemoryStorage, histories: [StateID: SyntheticHistory]) {
        let storage = MemoryStorage()
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
        var histories: [StateID: SyntheticHistory] = [:]
        for number in 0..<3 {
            var history = SyntheticHistory(seed: UInt64(80 + number), instances: 6)
            history.advance(by: 3)
            let state = StateID(site: "primary", key: "k\(number)")
            histories[state] = history
            // A run each, so that damage to one run's objects must leave the others' alone.
            try await Run(vault).record([state: history])
        }
        return (storage, histories)
    }

    @Test("a flipped byte anywhere in any object is found") func flippedBytes() async throws {
        let (storage, _) = try await makeVault()
        #expect(try await BackupVault.open(storage).check(.readAllData).isSound)
        var generator = SeededGenerator(9)
        for folder in Self.folders {
            for entry in try await storage.list(folder).objects {
                let bytes = try await storage.get(entry.name)
                let places = Set((0..<8).map { $0 * bytes.count / 8 } + (0..<4).map { _ in Int.random(in: bytes.indices, using: &generator) } + [bytes.count - 1])
                for place in places {
                    var altered = bytes
                    altered[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                    let copy = MemoryStorage(copying: storage)
                    copy.overwrite(entry.name, altered)
                    do {
                        let report = try await BackupVault.open(copy).check(.readAllData)
                        #expect(!report.damages.isEmpty, "\(entry.name) byte \(place)")
                    } catch let error as VaultError {
                        // Only a header that no longer parses keeps a vault from opening.
                        #expect(folder == .root, "\(entry.name) byte \(place): \(error)")
                    }
                }
            }
        }
    }

    @Test("a missing object is found, the newest record included") func deletedObjects() async throws {
        let (storage, _) = try await makeVault()
        for folder in Self.folders where folder != .root {
            for entry in try await storage.list(folder).objects {
                let copy = MemoryStorage(copying: storage)
                try await copy.delete(entry.name)
                let report = try await BackupVault.open(copy).check()
                let newestWitness = try await storage.list(.witnesses).objects.map(\.name).max()
                if entry.name == newestWitness {
                    // As after a crash between record and witness: explained, and mended by the next run.
                    #expect(report.isSound)
                    #expect(report.notes.count == 1)
                } else {
                    #expect(!report.isSound, "\(entry.name)")
                }
            }
        }
    }

    @Test("a truncated or lengthened object is found", arguments: [-1, 1]) func changedLength(by change: Int) async throws {
        let (storage, _) = try await makeVault()
        for folder in Self.folders where folder != .root {
            for entry in try await storage.list(folder).objects {
                let bytes = try await storage.get(entry.name)
                let copy = MemoryStorage(copying: storage)
                copy.overwrite(entry.name, change < 0 ? bytes.dropLast() : bytes + [0])
                #expect(try await BackupVault.open(copy).check(.readAllData).isSound == false, "\(entry.name)")
            }
        }
    }

    @Test("damage to one data pack touches only the versions that it holds, by name") func touchedVersions() async throws {
        let (storage, histories) = try await makeVault()
        for entry in try await storage.list(.data).objects {
            let copy = MemoryStorage(copying: storage)
            try await copy.delete(entry.name)
            let vault = try await BackupVault.open(copy)
            let report = try await vault.check()
            let touched = Set(report.touched.map(\.state))
            #expect(touched.count == 1)
            #expect(report.touched.count == 3)
            for (state, history) in histories where !touched.contains(state) { try await expectEverything(of: history, as: state, in: vault) }
            for state in touched {
                for version in try #require(try await vault.history(of: state)).versions {
                    await #expect(throws: VaultError.self) { try await vault.read(version) }
                }
            }
        }
    }

    @Test("damage to the newest metadata leaves what older snapshots knew") func olderSnapshotsStandIn() async throws {
        let (storage, histories) = try await makeVault()
        for entry in try await storage.list(.meta).objects {
            let copy = MemoryStorage(copying: storage)
            try await copy.delete(entry.name)
            let vault = try await BackupVault.open(copy)
            let report = try await vault.check()
            #expect(!report.isSound)
            var readable = 0
            for (state, history) in histories {
                guard let found = try await vault.history(of: state), found.damages.isEmpty else { continue }
                try await expectEverything(of: history, as: state, in: vault)
                readable += 1
            }
            #expect(readable == 2, "\(entry.name)")
            // A run over everything makes it whole again: the bytes were never lost.
            let result = try await Run(vault).record(histories)
            #expect(!result.record.problems.isEmpty)
            for (state, history) in histories { try await expectEverything(of: history, as: state, in: try await BackupVault.open(copy)) }
        }
    }

    @Test("a damaged directory is made again from the blocks") func damagedDirectory() async throws {
        let (storage, histories) = try await makeVault()
        for folder in [ObjectName.Folder.data, .meta] {
            for entry in try await storage.list(folder).objects {
                var bytes = try await storage.get(entry.name)
                bytes[bytes.count - 20] ^= 1
                storage.overwrite(entry.name, bytes)
            }
        }
        let vault = try await BackupVault.open(storage)
        for (state, history) in histories { try await expectEverything(of: history, as: state, in: vault) }
        #expect(try await vault.check().damages.count == 6)
    }

    @Test("a new version is not built on what can no longer be read") func distrust() async throws {
        let (storage, histories) = try await makeVault()
        let state = StateID(site: "primary", key: "k1")
        var history = try #require(histories[state])
        for entry in try await storage.list(.data).objects {
            var bytes = try await storage.get(entry.name)
            for place in stride(from: 40, to: bytes.count / 2, by: 30) { bytes[place] ^= 1 }
            storage.overwrite(entry.name, bytes)
        }
        history.advance(by: 1)
        let vault = try await BackupVault.open(storage)
        try await Run(vault).record(state, history)
        let newest = try #require(try await vault.history(of: state)?.versions.first)
        #expect(try await vault.read(newest) == StateBytes(try #require(history.versions.last).bytes))
    }

    @Test("part of the data can be proven at a time") func subset() async throws {
        let (storage, _) = try await makeVault()
        let vault = try await BackupVault.open(storage)
        let none = try await vault.check(.readData(percent: 0, seed: 1)).bytesRead
        let all = try await vault.check(.readData(percent: 100, seed: 1)).bytesRead
        var seen = Set<Int64>()
        for seed in 0..<20 as Range<UInt64> { seen.insert(try await vault.check(.readData(percent: 50, seed: seed)).bytesRead) }
        #expect(none == 0)
        #expect(all > 0)
        #expect(seen.count > 3)
    }

    @Test("files of others are noted and ignored") func strangers() async throws {
        let (storage, _) = try await makeVault()
        storage.overwrite(try #require(ObjectName(.data, "readme.txt")), [1])
        let report = try await BackupVault.open(storage).check(.readAllData)
        #expect(report.isSound)
        #expect(report.notes.count == 1)
    }
}
