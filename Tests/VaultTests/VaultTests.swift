import Cryptography
import StateJSON
import Testing
import Timestamps
import Vault

@Suite("A vault gives back what was stored") struct RoundTripTests {
    @Test("two runs over a growing history") func growingHistory() async throws {
        let storage = MemoryStorage()
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1_000))
        var history = SyntheticHistory(seed: 1, instances: 40)
        let state = StateID(site: "primary", key: "prod/network.tfstate")
        history.advance(by: 5)
        try await Run(vault).record(state, history)
        history.advance(by: 3)
        try await Run(vault).record(state, history)
        let reopened = try await BackupVault.open(storage)
        try await expectEverything(of: history, as: state, in: reopened)
        #expect(try await reopened.states() == [state])
        #expect(try await reopened.snapshots().count == 2)
    }

    @Test("random histories, in random runs", arguments: 0..<8 as Range<UInt64>) func randomHistories(seed: UInt64) async throws {
        var generator = SeededGenerator(seed)
        let storage = MemoryStorage()
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
        var histories: [StateID: SyntheticHistory] = [:]
        for number in 0..<Int.random(in: 1...4, using: &generator) {
            histories[StateID(site: number == 0 ? "dr" : "primary", key: "k\(number)")] = SyntheticHistory(seed: seed + UInt64(number % 2), instances: Int.random(in: 0...30, using: &generator))
        }
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            for state in histories.keys.sorted() { histories[state]?.disturb(using: &generator) }
            try await Run(vault).record(histories)
        }
        let reopened = try await BackupVault.open(storage)
        for (state, history) in histories { try await expectEverything(of: history, as: state, in: reopened) }
        let report = try await reopened.check(.readAllData)
        #expect(report.isSound, "\(report)")
        #expect(report.notes.isEmpty, "\(report.notes)")
    }

    @Test("a second run with nothing new stores a record and its witness, nothing else") func nothingNew() async throws {
        let storage = MemoryStorage()
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
        var history = SyntheticHistory(seed: 3, instances: 20)
        history.advance(by: 30)
        let state = StateID(site: "primary", key: "a")
        #expect(try await Run(vault).record(state, history).versionsStored == 30)
        let before = try await storage.list(.meta).objects.count + storage.list(.data).objects.count
        let second = try await Run(try await BackupVault.open(storage)).record(state, history)
        #expect(second.versionsStored == 0)
        #expect(second.storedBytes < 1_500)
        #expect(try await storage.list(.meta).objects.count + storage.list(.data).objects.count == before)
    }

    @Test("versions that S3 lost are kept, marked, and stand where they stood") func lostVersions() async throws {
        let vault = try await BackupVault.create(in: MemoryStorage(), at: Timestamp(seconds: 1))
        var history = SyntheticHistory(seed: 4, instances: 10)
        history.advance(by: 6)
        let state = StateID(site: "primary", key: "a")
        try await Run(vault).record(state, history)
        let all = history.listing
        let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 5), by: "tests")
        let recorder = try await writer.record(state, listed: [all[0], all[3], all[5]])
        #expect(recorder.missing.isEmpty)
        try await recorder.finish()
        try await writer.commit(sites: [], problems: [])
        let found = try #require(try await vault.history(of: state))
        #expect(found.versions.map(\.listed.versionID) == all.map(\.versionID))
        #expect(found.versions.map(\.isListed) == [true, false, false, true, false, true])
        for version in history.versions { #expect(try await vault.read(try #require(found.version(matching: version.listed))) == StateBytes(version.bytes)) }
        let first = try #require(try await vault.snapshots().last)
        let then = try #require(try await vault.history(of: state, in: first.id))
        #expect(then.versions.allSatisfy { $0.isListed })
    }

    @Test("an overwritten null version is another version; the old bytes stay") func overwrittenNull() async throws {
        let vault = try await BackupVault.create(in: MemoryStorage(), at: Timestamp(seconds: 1))
        let state = StateID(site: "primary", key: "a")
        for text in ["first", "second!"] {
            let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 5), by: "tests")
            let listed = ListedVersion(versionID: "null", isLatest: true, isDeleteMarker: false, lastModified: Timestamp(seconds: 9), etag: text, size: Int64(text.utf8.count), storageClass: nil)
            let recorder = try await writer.record(state, listed: [listed])
            #expect(recorder.missing == [listed])
            #expect(recorder.conflicts.isEmpty)
            try await recorder.store(listed, bytes: StateBytes(Array(text.utf8)), sha256: SHA256.hash(text.utf8), summary: StateSummary(form: "notAState", verdict: "invalid"))
            try await recorder.finish()
            try await writer.commit(sites: [], problems: [])
        }
        let found = try #require(try await vault.history(of: state))
        #expect(found.versions.map(\.listed.etag) == ["second!", "first"])
        #expect(try await vault.read(found.versions[1]) == StateBytes(Array("first".utf8)))
    }

    @Test("a version id that comes back with another ETag is a conflict, and both are kept") func changedHistory() async throws {
        let vault = try await BackupVault.create(in: MemoryStorage(), at: Timestamp(seconds: 1))
        let state = StateID(site: "primary", key: "a")
        var history = SyntheticHistory(seed: 5, instances: 3)
        history.advance(by: 1)
        try await Run(vault).record(state, history)
        var other = history.listing[0]
        other.etag = "other"
        let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 5), by: "tests")
        let recorder = try await writer.record(state, listed: [other])
        #expect(recorder.conflicts.map(\.listed) == history.listing)
        #expect(recorder.missing == [other])
    }

    @Test("versions that could not be fetched are remembered with the reason and wanted again") func problems() async throws {
        let vault = try await BackupVault.create(in: MemoryStorage(), at: Timestamp(seconds: 1))
        let state = StateID(site: "primary", key: "a")
        var history = SyntheticHistory(seed: 6, instances: 3)
        history.advance(by: 2)
        let writer = try await vault.beginSnapshot(at: Timestamp(seconds: 5), by: "tests")
        let recorder = try await writer.record(state, listed: history.listing)
        for listed in recorder.missing { try await recorder.fail(listed, VersionProblem(code: "AccessDenied", message: "no")) }
        try await recorder.finish()
        try await writer.commit(sites: [], problems: [RunProblem(reference: "primary:a", code: "AccessDenied", message: "no")])
        let found = try #require(try await vault.history(of: state))
        #expect(found.versions.map(\.problem?.code) == ["AccessDenied", "AccessDenied"])
        await #expect(throws: VaultError.notStored(state: state, versionID: found.versions[0].listed.versionID, reason: "no")) { try await vault.read(found.versions[0]) }
        #expect(try await vault.snapshots().first?.problems.count == 1)
        try await Run(vault).record(state, history)
        try await expectEverything(of: history, as: state, in: vault)
        #expect(try await vault.history(of: state)?.versions.allSatisfy { $0.problem == nil } == true)
    }

    @Test("hostile keys stay apart and inside records") func hostileKeys() async throws {
        let directory = try TemporaryVault()
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: directory.path), at: Timestamp(seconds: 1))
        let keys = ["../../etc/passwd", "/abs/x", "..", ".", "a//b", "a/./b", "a\u{0}b", "e\u{301}", "\u{E9}", "A", "a", "\u{1B}[2J", "\u{202E}x", String(repeating: "k", count: 1024), "-rf", "$(id)", "back\\slash\"quote"]
        var histories: [StateID: SyntheticHistory] = [:]
        for (number, key) in keys.enumerated() {
            var history = SyntheticHistory(seed: UInt64(100 + number), instances: 2)
            history.advance(by: 2)
            histories[StateID(site: "primary", key: key)] = history
        }
        #expect(histories.count == keys.count)
        try await Run(vault).record(histories)
        let reopened = try await BackupVault.open(LocalFolderStorage(existing: directory.path))
        #expect(try await reopened.states().count == keys.count)
        for (state, history) in histories { try await expectEverything(of: history, as: state, in: reopened) }
        let files = try directory.files()
        #expect(files.allSatisfy { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x2F].contains($0) } }, "\(files)")
    }

    @Test("a history of many versions with few changes takes a few hundred bytes a version") func smallDeltas() async throws {
        for inOneRun in [true, false] {
            let storage = MemoryStorage()
            let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
            var history = SyntheticHistory(seed: 8, instances: 200)
            let state = StateID(site: "primary", key: "a")
            history.advance(by: 1)
            try await Run(vault).record(state, history)
            let base = try await vault.statistics().totalBytes
            if inOneRun {
                history.advance(by: 60)
                try await Run(vault).record(state, history)
            } else {
                for _ in 0..<60 {
                    history.advance(by: 1)
                    try await Run(vault).record(state, history)
                }
            }
            let statistics = try await vault.statistics()
            let each = Int(statistics.totalBytes - base) / 60
            #expect(each < (inOneRun ? 1_000 : 3_000), "\(each) bytes a version of \(history.versions[0].bytes.count)")
            #expect(statistics.storedVersions == 61)
            try await expectEverything(of: history, as: state, in: try await BackupVault.open(storage))
        }
    }
}
