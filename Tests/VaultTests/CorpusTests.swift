import Cryptography
import Foundation
import StateJSON
import TestSupport
import Testing
import Timestamps
import Vault

/// Real histories made by Terraform; they are skipped where the corpus is absent.
@Suite("Histories made by Terraform come back", .enabled(if: SharedFixtures.isPresent, "\(SharedFixtures.comment)")) struct CorpusTests {
    @Test("every version, byte for byte", arguments: ["primary", "dr", "primary-ws-staging"]) func history(name: String) async throws {
        let folder = try #require(SharedFixtures.path("corpus/history/\(name)"))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".tfstate") }.sorted()
        try #require(!files.isEmpty)
        var history = SyntheticHistory(seed: 1, instances: 0)
        for file in files { history.append([UInt8](try #require(FileManager.default.contents(atPath: "\(folder)/\(file)")))) }
        let directory = try TemporaryVault()
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: directory.path), at: Timestamp(seconds: 1))
        let state = StateID(site: name, key: "terraform.tfstate")
        try await Run(vault).record(state, history)
        let reopened = try await BackupVault.open(LocalFolderStorage(existing: directory.path))
        try await expectEverything(of: history, as: state, in: reopened)
        #expect(try await reopened.check(.readAllData).isSound)
    }

    @Test("damaged states are kept as carefully as sound ones") func damagedStates() async throws {
        let folder = try #require(SharedFixtures.path("corpus/corrupt"))
        var history = SyntheticHistory(seed: 2, instances: 0)
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() { history.append([UInt8](try #require(FileManager.default.contents(atPath: "\(folder)/\(file)")))) }
        let storage = MemoryStorage()
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1))
        let state = StateID(site: "primary", key: "damaged")
        try await Run(vault).record(state, history)
        try await expectEverything(of: history, as: state, in: try await BackupVault.open(storage))
    }
}
