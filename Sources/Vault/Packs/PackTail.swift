/// The end of a pack as read from storage: its directory, and how to open its frames.
struct PackTail: Sendable {
    var name: ObjectName
    var codec: FrameCodec
    var directory: PackDirectory
    /// The directory was unreadable and was made again from the blocks; the digests are then unknown.
    var isRebuilt = false

    /// Reads header, trailer and directory; falls back to scanning the blocks.
    ///
    /// - Throws: `VaultError.storage` with `notFound` when the pack is missing, `VaultError.damaged` when nothing of it
    ///   can be used.
    static func read(_ name: ObjectName, from storage: any VaultStorage, cipher: VaultCipher?) async throws -> PackTail {
        do {
            guard let size = try await storage.size(of: name) else { throw StorageError(.notFound, name.path, "pack") }
            let smallest = FrameCodec.plainMagic.count + FrameCodec.overhead + PackBuilder.trailerLength
            guard size >= smallest else { throw VaultError.damaged(Damage(name.path, "\(size) bytes are too few for a pack")) }
            let start = try await storage.get(name, range: 0..<min(size, FrameCodec.longestHeader))
            guard let codec = FrameCodec(reading: start[...], cipher: cipher) else { throw VaultError.damaged(Damage(name.path, "it does not begin as a pack of this vault")) }
            // Most directories fit into one read of the pack's end.
            let guess = min(size, 32_768)
            let end = try await storage.get(name, range: (size - guess)..<size)
            if let directory = try await directory(in: end, size: size, codec: codec, name: name, storage: storage) {
                return PackTail(name: name, codec: codec, directory: directory)
            }
            return try scan(try await storage.get(name), name: name, codec: codec)
        } catch let error as StorageError {
            throw VaultError.storage(error)
        }
    }

    private static func directory(in end: [UInt8], size: Int, codec: FrameCodec, name: ObjectName, storage: any VaultStorage) async throws -> PackDirectory? {
        guard end.suffix(8).elementsEqual(PackBuilder.trailerMagic) else { return nil }
        var trailer = ByteReader(end.suffix(PackBuilder.trailerLength))
        let last = size - PackBuilder.trailerLength
        guard let raw = trailer.uint64(), let offset = Int(exactly: raw), offset >= codec.header.count, offset < last else { return nil }
        let inHand = offset - (size - end.count)
        let frame = inHand >= 0 ? end[inHand..<(end.count - PackBuilder.trailerLength)] : try await storage.get(name, range: offset..<last)[...]
        guard let body = codec.body(of: frame, at: offset) else { return nil }
        return PackDirectory(reading: body, blocksFrom: codec.header.count, to: offset)
    }

    /// Makes the directory again from the blocks, up to the first that is damaged.
    static func scan(_ bytes: [UInt8], name: ObjectName, codec: FrameCodec) throws -> PackTail {
        var directory = PackDirectory()
        let registry = PackRegistry()
        var offset = codec.header.count
        while true {
            var reader = ByteReader(bytes[offset...])
            guard let length = reader.uint32(), Int(length) <= bytes.count - offset - FrameCodec.overhead else { break }
            let end = offset + FrameCodec.overhead + Int(length)
            guard let body = codec.body(of: bytes[offset..<end], at: offset), body.first != BlockKind.directory.rawValue,
                let block = Block(reading: body, in: 0, registry: registry)
            else { break }
            directory.append(block.kind, offset: offset, length: end - offset, lengths: block.lengths, digests: block.lengths.map { _ in .zero })
            offset = end
        }
        guard !directory.blocks.isEmpty else { throw VaultError.damaged(Damage(name.path, "neither its directory nor its first block can be read")) }
        return PackTail(name: name, codec: codec, directory: directory, isRebuilt: true)
    }
}
