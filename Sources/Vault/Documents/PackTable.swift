internal import Cryptography

/// The packs that a document refers to: 0 is the pack that holds the document, n the nth of its `packs`.
struct PackTable {
    private let own: UInt32?
    private(set) var packs: [UInt32] = []

    /// - Parameter own: the pack that the document will be in; nil for documents outside packs.
    init(own: UInt32?) {
        self.own = own
    }

    mutating func index(of pack: UInt32) -> Int {
        if pack == own { return 0 }
        if let known = packs.lastIndex(of: pack) { return known + 1 }
        packs.append(pack)
        return packs.count
    }

    /// Writes `"packs":[…]`.
    func write(to text: inout JSONText, registry: PackRegistry) {
        text.key("packs")
        text.array { text in
            for pack in packs {
                guard let id = registry.id(of: pack) else { preconditionFailure("a document refers to a pack that is not yet written") }
                text.string(id.hex)
            }
        }
    }
}
