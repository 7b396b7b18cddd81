import Cryptography
import Foundation
import StateJSON
import TestSupport
import Testing
import Timestamps

@testable import Vault

private let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first { FileManager.default.isExecutableFile(atPath: $0) }

@Suite("The format is what its article says") struct FormatTests {
    @Test("a Python script written from the article extracts every version", .enabled(if: python != nil, "python3 is not installed"))
    func independentReader() async throws {
        let directory = try TemporaryVault()
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: directory.path), at: Timestamp(seconds: 1))
        let state = StateID(site: "primary", key: "../é\u{7}")
        var history = SyntheticHistory(seed: 11, instances: 30)
        for _ in 0..<3 {
            history.advance(by: 12)
            try await Run(vault).record(state, history)
        }
        history.append(Array("<html>not a state</html>".utf8))
        try await Run(vault).record(state, history)
        let script = "\(SharedFixtures.packageRoot)/samples/extract_state.py"
        let command = [try #require(python), script, directory.path]
        let list = try await runProcess(command)
        #expect(list.status == 0, "\(list.errors)")
        #expect(list.output.split(separator: "\n").count == history.versions.count)
        for version in history.versions {
            let outcome = try await runProcess(command + [state.site, state.key, version.listed.versionID])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.standardOutput == version.bytes, "\(version.listed.versionID)")
        }
    }

    @Test("frames sealed with a key open with it and nowhere else") func sealedFrames() throws {
        let cipher = VaultCipher(master: [UInt8](repeating: 7, count: 32))
        let codec = FrameCodec(cipher: cipher, salt: [UInt8](repeating: 3, count: 16))
        var bytes = codec.header
        let body = Array("secret state".utf8)
        try codec.appendFrame(body, to: &bytes)
        let opened = try #require(FrameCodec(reading: bytes[...], cipher: cipher))
        #expect(opened.body(of: bytes[32...], at: 32) == body)
        #expect(opened.body(of: bytes[32...], at: 33) == nil)
        #expect(!bytes.indices.contains { bytes[$0...].starts(with: body) })
        #expect(FrameCodec(reading: bytes[...], cipher: nil) == nil)
        let other = FrameCodec(cipher: VaultCipher(master: [UInt8](repeating: 8, count: 32)), salt: [UInt8](repeating: 3, count: 16))
        #expect(other.body(of: bytes[32...], at: 32) == nil)
    }

    @Test("a pruned pack is found under its old id, every other piece where it was") func prunedPack() async throws {
        let storage = MemoryStorage()
        let registry = PackRegistry()
        let number = registry.reserve(in: .data)
        func block(_ text: String) -> Block {
            Block(kind: .pieces, depth: 0, lengths: [UInt32(text.utf8.count)], digests: [SHA256.hash(text.utf8)], dictionary: [], payload: Array(text.utf8), isDeflated: false)
        }
        var whole = PackBuilder(number: number, codec: FrameCodec(plain: ()), registry: registry)
        for text in ["gone", "kept"] { _ = try whole.append(block(text)) }
        let (id, _) = try whole.finish()
        registry.name(number, id)
        var bytes = FrameCodec.plainMagic
        var directory = PackDirectory()
        directory.append(.removed, offset: 16, length: 0, lengths: [0], digests: [.zero])
        let codec = FrameCodec(plain: ())
        try codec.appendFrame(block("kept").body(in: number, registry: registry), to: &bytes)
        directory.append(.pieces, offset: 16, length: bytes.count - 16, lengths: [4], digests: [SHA256.hash("kept".utf8)])
        let offset = bytes.count
        try codec.appendFrame(directory.body, to: &bytes)
        var trailer = ByteWriter()
        trailer.appendUInt64(UInt64(offset))
        bytes += trailer.bytes + PackBuilder.trailerMagic
        _ = try await storage.putIfAbsent(try #require(ObjectName(.data, "\(id.hex)-\(SHA256.hash(bytes).hex)")), bytes)
        let reader = PackReader(storage: storage, registry: registry, cipher: nil)
        #expect(try await reader.piece(PieceRef(pack: number, ordinal: 1)) == Array("kept".utf8))
        await #expect(throws: VaultError.self) { try await reader.piece(PieceRef(pack: number, ordinal: 0)) }
    }

    @Test("a vault of a later format is refused") func laterFormat() async throws {
        let storage = MemoryStorage()
        storage.overwrite(VaultHeader.object, Array(#"{"format":2,"vault":"00","created":"2026-01-01T00:00:00Z","encryption":"none"}"#.utf8))
        await #expect(throws: VaultError.newerFormat(version: 2, supported: 1)) { try await BackupVault.open(storage) }
    }

    @Test("pieces joined are the bytes, however they are cut", arguments: 0..<50 as Range<UInt64>) func cutting(seed: UInt64) {
        var generator = SeededGenerator(seed)
        let bytes = (0..<Int.random(in: 0...200_000, using: &generator)).map { _ in UInt8.random(in: 0...(seed % 2 == 0 ? 255 : 3), using: &generator) }
        for boundaries in [nil, [0..<bytes.count / 3, bytes.count / 3..<bytes.count], [5..<9]] as [[Range<Int>]?] {
            let ends = PieceCutting.ends(of: StateBytes(bytes), boundaries: boundaries)
            #expect(ends.last ?? 0 == bytes.count)
            #expect(zip([0] + ends, ends).allSatisfy { $0 < $1 && $1 - $0 <= ContentDefinedChunking.maximum })
        }
    }

    @Test("content-defined cuts find themselves again behind an insertion") func insertion() {
        var generator = SeededGenerator(5)
        let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let shifted = Array(bytes[..<100_000]) + [1, 2, 3, 4, 5] + Array(bytes[100_000...])
        let before = Set(bytes.withUnsafeBytes { ContentDefinedChunking.ends(of: $0) })
        let after = shifted.withUnsafeBytes { ContentDefinedChunking.ends(of: $0) }
        let found = after.count { before.contains($0) || before.contains($0 - 5) }
        #expect(found >= after.count - 3, "\(found) of \(after.count)")
    }
}
