/// Remembers some texts by their hash: the later of two that share a slot. One for each comparator.
final class TextCache {
    private var slots: [UInt64] = Array(repeating: 0, count: 4096)

    func contains(_ hash: UInt64) -> Bool { slots[Int(truncatingIfNeeded: hash & 4095)] == hash }
    func insert(_ hash: UInt64) { slots[Int(truncatingIfNeeded: hash & 4095)] = hash }
}
