import Foundation
import Glibc
import Testing
import Timestamps
import VaultFaults

@testable import Vault

/// What every storage must do.
@Suite("Storages keep their contract") struct StorageConformanceTests {
    enum Kind: CaseIterable, Sendable { case memory, localFolder, faultless }

    private func withStorage(_ kind: Kind, _ body: (any VaultStorage) async throws -> Void) async throws {
        let directory = try TemporaryVault()
        switch kind {
        case .memory: try await body(MemoryStorage())
        case .localFolder: try await body(LocalFolderStorage(creating: directory.path))
        case .faultless: try await body(FaultyStorage(MemoryStorage()))
        }
    }

    @Test("what was put comes back, whole and in ranges", arguments: Kind.allCases) func putAndGet(kind: Kind) async throws {
        try await withStorage(kind) { storage in
            let name = try #require(ObjectName(.data, "aa"))
            let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
            #expect(try await storage.putIfAbsent(name, bytes))
            #expect(try await storage.get(name) == bytes)
            #expect(try await storage.get(name, range: 10..<20) == Array(bytes[10..<20]))
            #expect(try await storage.get(name, range: 5..<5) == [])
            #expect(try await storage.size(of: name) == bytes.count)
        }
    }

    @Test("the first writer of a name wins", arguments: Kind.allCases) func firstWins(kind: Kind) async throws {
        try await withStorage(kind) { storage in
            let name = try #require(ObjectName(.root, "vault.json"))
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<16 as Range<UInt8> { group.addTask { try await storage.putIfAbsent(name, [number]) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
            let kept = try await storage.get(name)
            #expect(try await storage.putIfAbsent(name, [99]) == false)
            #expect(try await storage.get(name) == kept)
        }
    }

    @Test("an empty object is an object", arguments: Kind.allCases) func emptyObject(kind: Kind) async throws {
        try await withStorage(kind) { storage in
            let name = try #require(ObjectName(.meta, "empty"))
            #expect(try await storage.putIfAbsent(name, []))
            #expect(try await storage.get(name) == [])
            #expect(try await storage.size(of: name) == 0)
        }
    }

    @Test("what is absent is told apart", arguments: Kind.allCases) func absent(kind: Kind) async throws {
        try await withStorage(kind) { storage in
            let name = try #require(ObjectName(.data, "absent"))
            #expect(try await storage.size(of: name) == nil)
            #expect(try await storage.list(.data) == StorageListing())
            let error = await #expect(throws: StorageError.self) { try await storage.get(name) }
            #expect(error?.code == .notFound)
            try await storage.delete(name)
        }
    }

    @Test("a range beyond the end is an error", arguments: Kind.allCases) func beyondTheEnd(kind: Kind) async throws {
        try await withStorage(kind) { storage in
            let name = try #require(ObjectName(.data, "short"))
            _ = try await storage.putIfAbsent(name, [1, 2, 3])
            let error = await #expect(throws: StorageError.self) { try await storage.get(name, range: 1..<4) }
            #expect(error?.code == .outOfRange)
        }
    }

    @Test("listing tells names and sizes, folder by folder; deletion removes", arguments: Kind.allCases) func listing(kind: Kind) async throws {
        try await withStorage(kind) { storage in
            for (folder, name, count) in [(ObjectName.Folder.data, "a", 1), (.data, "b", 2), (.meta, "a", 3)] {
                _ = try await storage.putIfAbsent(try #require(ObjectName(folder, name)), [UInt8](repeating: 7, count: count))
            }
            let sizes = try await storage.list(.data).objects.sorted { $0.name < $1.name }.map(\.size)
            #expect(sizes == [1, 2])
            try await storage.delete(try #require(ObjectName(.data, "a")))
            #expect(try await storage.list(.data).objects.map(\.name.name) == ["b"])
            #expect(try await storage.list(.meta).objects.map(\.size) == [3])
        }
    }

    @Test("names that the format never writes are refused", arguments: ["", ".", "..", "../x", "a/b", "A", ".hidden", "a b", "é", "a\u{0}", String(repeating: "a", count: 161)])
    func hostileNames(name: String) {
        #expect(ObjectName(.data, name) == nil)
    }
}

@Suite("A local folder is safe to write to", .serialized) struct LocalFolderStorageTests {
    @Test("folders are 0700 and files 0600, whatever the umask") func modes() async throws {
        let directory = try TemporaryVault()
        let old = umask(0)
        defer { umask(old) }
        let storage = try LocalFolderStorage(creating: directory.path)
        _ = try await storage.putIfAbsent(try #require(ObjectName(.data, "a")), [1])
        #expect(try directory.mode("") == 0o700)
        #expect(try directory.mode("data") == 0o700)
        #expect(try directory.mode("data/a") == 0o600)
        #expect(try directory.mode("tmp") == 0o700)
    }

    @Test("links, pipes and folders in an object's place are refused, never followed") func plantedThings() async throws {
        let directory = try TemporaryVault()
        let storage = try LocalFolderStorage(creating: directory.path)
        _ = try await storage.putIfAbsent(try #require(ObjectName(.data, "real")), [1])
        symlink("/etc/passwd", "\(directory.path)/data/link")
        mkfifo("\(directory.path)/data/pipe", 0o600)
        mkdir("\(directory.path)/data/folder", 0o700)
        for name in ["link", "pipe", "folder"] {
            let object = try #require(ObjectName(.data, name))
            let error = await #expect(throws: StorageError.self) { try await storage.get(object) }
            #expect(error?.code == .notAnObject, "\(name): \(String(describing: error))")
            #expect(try await storage.putIfAbsent(object, [2]) == false)
        }
        #expect(try await storage.list(.data).objects.map(\.name.name) == ["real"])
        #expect(try await storage.list(.data).strangers.sorted() == ["data/folder", "data/link", "data/pipe"])
    }

    @Test("a link in a folder's place is refused") func plantedFolder() async throws {
        let directory = try TemporaryVault()
        let storage = try LocalFolderStorage(creating: directory.path)
        symlink("/tmp", "\(directory.path)/data")
        let error = await #expect(throws: StorageError.self) { try await storage.putIfAbsent(try #require(ObjectName(.data, "a")), [1]) }
        #expect(error?.code == .notAnObject)
    }

    @Test("leftovers of dead writers go, those of living ones stay") func leftovers() async throws {
        let directory = try TemporaryVault()
        let storage = try LocalFolderStorage(creating: directory.path)
        _ = try await storage.putIfAbsent(try #require(ObjectName(.data, "a")), [1])
        let dead = "\(directory.path)/tmp/99999-1"
        let living = "\(directory.path)/tmp/99999-2"
        _ = FileManager.default.createFile(atPath: dead, contents: Data([1, 2]))
        _ = FileManager.default.createFile(atPath: living, contents: Data([1, 2]))
        let held = open(living, O_RDONLY)
        defer { close(held) }
        try #require(flock(held, LOCK_EX | LOCK_NB) == 0)
        #expect(try await storage.removeLeftovers() == 1)
        #expect(!FileManager.default.fileExists(atPath: dead))
        #expect(FileManager.default.fileExists(atPath: living))
    }

    @Test("an absent folder is no vault; a folder with other files is not taken over") func folders() async throws {
        let directory = try TemporaryVault()
        #expect(throws: StorageError.self) { try LocalFolderStorage(existing: directory.path) }
        let storage = try LocalFolderStorage(creating: directory.path)
        await #expect(throws: VaultError.noVault(location: directory.path)) { try await BackupVault.open(storage) }
        _ = FileManager.default.createFile(atPath: "\(directory.path)/notes.txt", contents: Data())
        await #expect(throws: VaultError.alreadyExists(location: directory.path)) { try await BackupVault.create(in: storage, at: Timestamp(seconds: 1)) }
    }

    @Test("a full disk is told as such", arguments: [ENOSPC, EDQUOT]) func fullDisk(number: Int32) {
        let error = StorageError(errno: number, call: "write", subject: "data/aa")
        #expect(error.code == .noSpace)
        #expect(error.description.contains("data/aa"))
    }
}
