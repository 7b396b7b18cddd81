import Cryptography
import StateJSON
import Testing
import Timestamps

@testable import Vault

@Suite("A vault gives back what was stored") struct VaultTests {
    @Test("two runs over a growing history") func roundTrip() async throws {
        let storage = MemoryStorage()
        let vault = try await BackupVault.create(in: storage, at: Timestamp(seconds: 1_000))
        var history = SyntheticHistory(seed: 1, instances: 40)
        let state = StateID(site: "primary", key: "../../etc/passwd\u{1B}é")
        history.advance(by: 5)
        try await Run(vault).record(state, history)
        history.advance(by: 3)
        try await Run(vault).record(state, history)
        let reopened = try await BackupVault.open(storage)
        try await expectEverything(of: history, as: state, in: reopened)
        #expect(try await reopened.states() == [state])
        #expect(try await reopened.snapshots().count == 2)
    }
}
