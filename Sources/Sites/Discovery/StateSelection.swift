internal import Cryptography

/// Which of the states found a run is about: the site's `states` and `exclude`, `--state`, `--shard`.
public struct StateSelection: Sendable {
    /// Part `index` of `count`, counted from 1.
    public struct Shard: Sendable, Hashable, CustomStringConvertible {
        public let index: Int
        public let count: Int

        /// - Returns: nil unless 1 ≤ index ≤ count.
        public init?(index: Int, count: Int) {
            guard count >= 1, (1...count).contains(index) else { return nil }
            self.index = index
            self.count = count
        }

        /// Reads `I/N`.
        public init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]) else { return nil }
            self.init(index: index, count: count)
        }

        public var description: String { "\(index)/\(count)" }

        /// Whether a key belongs to this shard: by the first eight bytes of SHA-256 of the key, so that every run of every
        /// version of tfguard, on any machine, divides the same way.
        public func contains(_ key: String) -> Bool {
            guard count > 1 else { return true }
            let digest = SHA256.hash(Array(key.utf8))
            let number = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return number % UInt64(count) == UInt64(index - 1)
        }
    }

    public var include: [Glob]
    public var exclude: [Glob]
    public var shard: Shard?

    public init(include: [Glob] = [], exclude: [Glob] = [], shard: Shard? = nil) {
        self.include = include
        self.exclude = exclude
        self.shard = shard
    }

    /// Why a key is left out, or nil when it is wanted.
    public func exclusion(of key: String) -> IgnoredReason? {
        if !include.isEmpty, !include.contains(where: { $0.matches(key) }) { return .notSelected }
        if exclude.contains(where: { $0.matches(key) }) { return .notSelected }
        if let shard, !shard.contains(key) { return .otherShard }
        return nil
    }
}
