internal import S3
internal import Vault

/// Puts what S3 lists now and what the vault remembers into one history.
enum VersionMerging {
    /// - Parameters:
    ///   - listed: newest first; nil when S3 did not answer.
    ///   - remembered: newest first.
    /// - Returns: newest first. Versions that only the vault has stand where they stood; those that the vault does not know
    ///   yet are newer than all that it knows, and come first.
    static func merge(listed: [S3ObjectVersion]?, remembered: [VaultVersion]) -> [VersionEntry] {
        let known = remembered.map { VersionEntry($0) }
        guard let listed else { return known }
        var current = listed.map { VersionEntry($0) }
        let places = Dictionary(current.enumerated().map { ($0.element.identity, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let knownIdentities = Set(known.map(\.identity))
        for (entry, version) in zip(known, remembered) {
            if let place = places[entry.identity] { current[place].learn(from: version) }
        }
        var result: [VersionEntry] = []
        result.reserveCapacity(current.count + known.count)
        var next = 0
        while next < current.count, !knownIdentities.contains(current[next].identity) {
            result.append(current[next])
            next += 1
        }
        for var entry in known {
            if let place = places[entry.identity] {
                guard place >= next else { continue }
                result += current[next...place]
                next = place + 1
            } else {
                entry.isListed = false
                entry.isLatest = false
                result.append(entry)
            }
        }
        return result + current[next...]
    }
}
