import S3
import Sites
import StateJSON
import TestSupport
import Testing
import Timestamps
import Vault

@testable import Snapshots

@Suite struct StateCatalogTests {
    private func reference(_ text: String) throws -> StateReference { try StateReference(parsing: text, sites: ["primary", "dr"]) }

    private func read(_ world: SnapshotWorld, _ text: String, vault: Bool = true) async throws -> StateBlob {
        try await world.catalog(vault: vault ? world.vault : nil).read(try reference(text))
    }

    private func history(_ world: SnapshotWorld, _ text: String, vault: Bool = true, details: StateCatalog.Details = []) async throws -> VersionList {
        guard case .site(let site) = try reference(text) else { throw ReferenceError(reference: text, reason: .empty) }
        return try await world.catalog(vault: vault ? world.vault : nil).versions(of: site, details: details)
    }

    private func bytes(_ blob: StateBlob) -> [UInt8] { blob.bytes.withUnsafeBytes { Array($0) } }

    @Test func historiesMergeS3AndVault() async throws {
        let world = try await SnapshotWorld()
        world.put("prod/network/terraform.tfstate", serials: 1...3)
        _ = try await world.run()
        let lost = world.s3.versions(of: "prod/network/terraform.tfstate", in: "states")[0].id
        world.s3.remove(lost, of: "prod/network/terraform.tfstate", in: "states")
        world.put("prod/network/terraform.tfstate", serials: 4...4)
        _ = world.s3.put(nil, key: "prod/network/terraform.tfstate", bucket: "states")
        let list = try await history(world, "primary:network")
        #expect(list.key == "prod/network/terraform.tfstate" && list.reference == "primary:prod/network/terraform.tfstate" && list.notes.isEmpty)
        #expect(list.entries.map(\.serial) == [nil, nil, 3, 2, 1])
        #expect(list.entries.map(\.isDeleteMarker) == [true, false, false, false, false])
        #expect(list.entries.map(\.isInVault) == [false, false, true, true, true])
        #expect(list.entries.map(\.isListed) == [true, true, true, true, false])
        #expect(list.entries.map(\.isLatest) == [true, false, false, false, false])
        let detailed = try await history(world, "primary:network", details: .content)
        #expect(detailed.entries[1].serial == 4 && detailed.entries[1].verdict == "ok" && detailed.entries[1].sha256 != nil && !detailed.entries[1].isInVault)
    }

    @Test func everyKindOfVersionLeadsToItsBytes() async throws {
        let world = try await SnapshotWorld()
        let bodies = (1...5).map { SnapshotWorld.state(serial: $0) }
        var ids: [String] = []
        for (index, body) in bodies.enumerated() {
            ids.append(world.s3.put(S3StandIn.Body(body), key: "a.tfstate", bucket: "states", modified: 1_700_000_000 + Int64(index) * 60))
        }
        let snapshot = try #require(try await world.run().snapshotID)
        _ = world.s3.put(S3StandIn.Body("{\"version\": 4, \"serial"), key: "a.tfstate", bucket: "states", modified: 1_700_000_900)
        for vault in [true, false] {
            #expect(try await bytes(read(world, "primary:a@-1", vault: vault)) == bodies[4])
            #expect(try await bytes(read(world, "primary@serial=2", vault: vault)) == bodies[1])
            #expect(try await bytes(read(world, "primary:a@2023-11-14T22:14:30Z", vault: vault)) == bodies[1])
            #expect(try await bytes(read(world, "primary:a@id=\(ids[2])", vault: vault)) == bodies[2])
            #expect(try await bytes(read(world, "primary:a@last-good", vault: vault)) == bodies[4])
            #expect(try await bytes(read(world, "primary:a.tfstate", vault: vault)).count == 22)
        }
        let old = try await read(world, "vault:primary:a@snapshot=\(snapshot)")
        #expect(bytes(old) == bodies[4] && old.origin == .vault && old.reference == "vault:primary:a.tfstate@id=\(ids[4])")
        #expect(try await read(world, "primary:a@latest").origin == .s3)
        #expect(try await read(world, "primary:a@-1").origin == .vault)
    }

    /// Somebody removed the newest version for good: the vault still has it, but Terraform reads the one before.
    @Test func theLatestIsTheOneThatTerraformReads() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...4)
        _ = try await world.run()
        let ids = world.s3.versions(of: "a.tfstate", in: "states").map(\.id)
        world.s3.remove(ids[3], of: "a.tfstate", in: "states")
        func check(_ prefix: String = "") async throws {
            #expect(try await bytes(read(world, "\(prefix)primary:a")) == bodies[2])
            #expect(try await bytes(read(world, "\(prefix)primary:a@-1")) == bodies[1])
            #expect(try await bytes(read(world, "\(prefix)primary:a@id=\(ids[3])")) == bodies[3])
        }
        try await check()
        _ = try await world.run()
        try await check("vault:")
        world.s3.inject(.internalError)
        try await check()
        world.s3.removeFaults()
        for id in ids.dropLast() { world.s3.remove(id, of: "a.tfstate", in: "states") }
        #expect(try await bytes(read(world, "primary:a")) == bodies[3], "with none left in the bucket, the vault's newest")
    }

    @Test func whatIsNotThereIsSaid() async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...2)
        world.put("b.tfstate", serials: 1...1)
        _ = world.s3.put(nil, key: "b.tfstate", bucket: "states")
        _ = try await world.run()
        for (text, words) in [
            ("primary:a@serial=9", "serials 1 to 2 are known"), ("primary:a@-2", "there are 2 versions"), ("primary:b", "delete marker"),
            ("primary:a@1999-01-01T00:00:00Z", "oldest known version"), ("primary:a@id=abc", "six characters"), ("primary:c", "no state has this key"), ("primary", "2 states"),
        ] {
            let error = try await #require(throws: ReferenceError.self) { try await read(world, text) }
            #expect(error.description.contains(words), "\(text): \(error)")
        }
        #expect(try await bytes(read(world, "primary:b@-1")) == SnapshotWorld.state(serial: 1))
        await #expect(throws: StateCatalogError.noVault(reference: "vault:primary:a")) { try await read(world, "vault:primary:a", vault: false) }
    }

    @Test func aRegionThatIsDownIsReadFromTheVaultWithANote() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...3)
        _ = try await world.run()
        world.s3.inject(.internalError)
        let blob = try await read(world, "primary:a")
        #expect(bytes(blob) == bodies[2] && blob.origin == .vault && blob.notes.contains { $0.contains("vault alone") })
        let list = try await history(world, "primary:a")
        #expect(list.origins == .vault && list.entries.count == 3 && list.notes.count == 1)
        // With nothing in the vault, S3's own error is the answer.
        await #expect(throws: S3Error.self) { try await read(world, "primary:a", vault: false) }
        await #expect(throws: S3Error.self) { try await read(world, "primary:unknown") }
    }

    @Test func aDamagedVaultCopyIsReadFromS3() async throws {
        let world = try await SnapshotWorld()
        let bodies = world.put("a.tfstate", serials: 1...1)
        _ = try await world.run()
        let packs = try await world.storage.list(.data).objects
        for pack in packs { try await world.storage.delete(pack.name) }
        let reopened = try await BackupVault.open(world.storage)
        let blob = try await world.catalog(vault: reopened).read(try reference("primary:a"))
        #expect(bytes(blob) == bodies[0] && blob.origin == .s3 && blob.notes.contains { $0.contains("vault's copy is damaged") })
        await #expect(throws: VaultError.self) { try await world.catalog(vault: reopened).read(try reference("vault:primary:a")) }
    }

    @Test func filesAndStandardInputAreReadAsTheyAre() async throws {
        let world = try await SnapshotWorld()
        let folder = try TemporaryDirectory("catalog")
        let state = SnapshotWorld.state(serial: 7)
        _ = try folder.write(state, to: "x.tfstate")
        let catalog = world.catalog(vault: nil, input: state)
        let file = try await catalog.read(.path(folder.file("x.tfstate")))
        #expect(bytes(file) == state && file.origin == .file)
        let piped = try await catalog.read(.standardInput)
        #expect(piped.sha256 == file.sha256 && piped.reference == "-")
        let error = await #expect(throws: StateCatalogError.self) { try await catalog.read(.path("/nonexistent/x")) }
        #expect(error?.description == "/nonexistent/x: no such file")
        await #expect(throws: StateCatalogError.self) { try await catalog.read(.path(folder.path)) }
    }

    @Test func locksByTheThousandDoNotSlowDownOneKey() async throws {
        let world = try await SnapshotWorld()
        world.put("a.tfstate", serials: 1...2)
        let lock = S3StandIn.Body("{}")
        world.s3.load((0..<5_000).map { _ in (key: "a.tfstate.tflock", body: Optional(lock)) }, into: "states")
        world.s3.forgetRequests()
        #expect(try await history(world, "primary:a.tfstate", vault: false).entries.count == 2)
        #expect(world.s3.requests.count <= 2)
    }

    @Test func replicationStatusIsAskedForOnlyOnRequest() async throws {
        let world = try await SnapshotWorld()
        _ = world.s3.put(S3StandIn.Body(SnapshotWorld.state(serial: 1)), key: "a.tfstate", bucket: "states", replicationStatus: "PENDING")
        #expect(try await history(world, "primary:a.tfstate").entries.first?.replicationStatus == nil)
        #expect(try await history(world, "primary:a.tfstate", details: .replication).entries.first?.replicationStatus == "PENDING")
    }
}
