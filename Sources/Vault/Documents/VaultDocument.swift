internal import Cryptography
internal import StateJSON
internal import Timestamps

/// A JSON document of the vault, opened for reading; what is missing or of the wrong type is damage that names it.
///
/// Unknown members are ignored: later versions of the format may add some.
struct VaultDocument {
    let subject: String
    let value: JSONValue
    private let registry: PackRegistry
    private let own: UInt32?
    private let packs: [SHA256Digest]

    /// - Parameter own: the pack that holds the document; nil outside packs.
    init(parsing bytes: [UInt8], subject: String, own: UInt32?, registry: PackRegistry) throws {
        do {
            value = try JSONDocument(parsing: StateBytes(bytes)).root
        } catch {
            throw VaultError.damaged(Damage(subject, "it is no JSON document (byte \(error.offset))"))
        }
        self.subject = subject
        self.own = own
        self.registry = registry
        var packs: [SHA256Digest] = []
        for element in value["packs"]?.elements ?? value.elements where element.isString {
            guard let id = element.string.flatMap({ SHA256Digest(hex: $0) }) else { throw VaultError.damaged(Damage(subject, "a pack's id is no SHA-256")) }
            packs.append(id)
        }
        self.packs = packs
    }

    func damaged(_ what: String) -> VaultError {
        .damaged(Damage(subject, "\(what) is missing or of the wrong type"))
    }

    func required<Value>(_ value: Value?, _ what: String) throws -> Value {
        guard let value else { throw damaged(what) }
        return value
    }

    func time(_ value: JSONValue?, _ what: String) throws -> Timestamp {
        try required(value?.string.flatMap { Timestamp(rfc3339: $0) }, what)
    }

    func count(_ value: JSONValue?, _ what: String) throws -> Int {
        try required(value?.int.flatMap { $0 >= 0 ? $0 : nil }, what)
    }

    /// `[pack, ordinal]`.
    func reference(_ value: JSONValue, in folder: ObjectName.Folder) throws -> PieceRef {
        var parts = value.elements.makeIterator()
        let pack = try self.pack(parts.next()?.int, in: folder)
        guard let ordinal = parts.next()?.int, ordinal >= 0, ordinal <= Int(UInt32.max) else { throw damaged("a piece's ordinal") }
        return PieceRef(pack: pack, ordinal: UInt32(ordinal))
    }

    func pack(_ index: Int?, in folder: ObjectName.Folder) throws -> UInt32 {
        guard let index, index >= 0, index <= packs.count else { throw damaged("a pack's number") }
        if index > 0 { return registry.number(of: packs[index - 1], in: folder) }
        guard let own else { throw damaged("a pack's number") }
        return own
    }
}
