internal import Cryptography

/// A pack being filled, in memory.
///
/// Header, blocks, directory, then 16 bytes: the directory's offset (8 bytes, little-endian) and `tfgpack1`.
struct PackBuilder {
    static let trailerMagic = Array("tfgpack1".utf8)
    static let trailerLength = 16

    let number: UInt32
    private let codec: FrameCodec
    private let registry: PackRegistry
    private var bytes: [UInt8]
    private var directory = PackDirectory()

    init(number: UInt32, codec: FrameCodec, registry: PackRegistry) {
        self.number = number
        self.codec = codec
        self.registry = registry
        bytes = codec.header
    }

    var isEmpty: Bool { directory.blocks.isEmpty }
    var count: Int { bytes.count }

    /// Adds a block.
    ///
    /// - Returns: the ordinal of its first piece.
    mutating func append(_ block: Block) throws -> UInt32 {
        let first = UInt32(directory.lengths.count)
        let offset = bytes.count
        try codec.appendFrame(block.body(in: number, registry: registry), to: &bytes)
        directory.append(block.kind, offset: offset, length: bytes.count - offset, lengths: block.lengths, digests: block.digests)
        return first
    }

    /// The finished pack and its id: the SHA-256 of all its bytes.
    consuming func finish() throws -> (id: SHA256Digest, bytes: [UInt8]) {
        let offset = bytes.count
        try codec.appendFrame(directory.body, to: &bytes)
        var trailer = ByteWriter()
        trailer.appendUInt64(UInt64(offset))
        trailer.append(contentsOf: Self.trailerMagic)
        bytes.append(contentsOf: trailer.bytes)
        return (bytes.withUnsafeBytes { SHA256.hash($0) }, bytes)
    }
}
