internal import Cryptography
internal import Synchronization

/// Gives every pack of a vault a small number for as long as the process lives, so that a reference to a piece takes
/// eight bytes in memory. A pack still being filled has a number before it has a name (its hash).
final class PackRegistry: Sendable {
    private struct State {
        var packs: [(folder: ObjectName.Folder, id: SHA256Digest?)] = []
        var numbers: [SHA256Digest: UInt32] = [:]
    }

    private let state = Mutex(State())

    func number(of id: SHA256Digest, in folder: ObjectName.Folder) -> UInt32 {
        state.withLock { state in
            if let known = state.numbers[id] { return known }
            let number = UInt32(state.packs.count)
            state.packs.append((folder, id))
            state.numbers[id] = number
            return number
        }
    }

    /// A number for a pack that is about to be filled.
    func reserve(in folder: ObjectName.Folder) -> UInt32 {
        state.withLock { state in
            state.packs.append((folder, nil))
            return UInt32(state.packs.count - 1)
        }
    }

    func name(_ number: UInt32, _ id: SHA256Digest) {
        state.withLock { state in
            state.packs[Int(number)].id = id
            state.numbers[id] = number
        }
    }

    /// Nil while the pack is being filled.
    func id(of number: UInt32) -> SHA256Digest? {
        state.withLock { $0.packs[Int(number)].id }
    }

    func object(of number: UInt32) -> ObjectName? {
        state.withLock { state in
            let pack = state.packs[Int(number)]
            return pack.id.map { ObjectName(trusted: pack.folder, $0.hex) }
        }
    }
}
