internal import Timestamps

/// Brings together what several sources say of one state's versions. All lists are oldest first.
enum HistoryMerging {
    /// Everything in `known`, and what only `other` has, behind the version that it follows there.
    ///
    /// Where both have a version, `known` decides how S3 listed it; bytes that only one of them has are kept.
    static func union(_ known: [VaultVersion], _ other: [VaultVersion]) -> [VaultVersion] {
        var positions: [VersionIdentity: Int] = [:]
        for (index, version) in known.enumerated() { positions[version.listed.identity] = index }
        var result = known
        var following: [Int: [VaultVersion]] = [:]
        var place = -1
        for version in other {
            if let index = positions[version.listed.identity] {
                place = index
                result[index] = combine(result[index], version)
            } else {
                following[place, default: []].append(version)
            }
        }
        return interleave(result, following)
    }

    /// The history after a listing.
    ///
    /// - Parameters:
    ///   - listed: newest first, as S3 lists.
    ///   - adopted: versions that an unfinished run had stored.
    static func apply(_ listed: [ListedVersion], to known: [VaultVersion], adopting adopted: [VersionIdentity: VaultVersion], state: StateID, at time: Timestamp) -> [VaultVersion] {
        var remembered: [VersionIdentity: VaultVersion] = [:]
        for version in known { remembered[version.listed.identity] = version }
        var positions: [VersionIdentity: Int] = [:]
        var result: [VaultVersion] = []
        result.reserveCapacity(listed.count)
        for version in listed.reversed() where positions[version.identity] == nil {
            positions[version.identity] = result.count
            var entry = remembered[version.identity] ?? VaultVersion(state: state, listed: version, isListed: true, firstSeen: time)
            if let other = adopted[version.identity] { entry = combine(entry, other) }
            entry.listed = version
            entry.isListed = true
            result.append(entry)
        }
        var following: [Int: [VaultVersion]] = [:]
        var place = -1
        for version in known {
            if let index = positions[version.listed.identity] {
                place = index
            } else {
                var lost = version
                lost.isListed = false
                lost.listed.isLatest = false
                following[place, default: []].append(lost)
            }
        }
        return interleave(result, following)
    }

    private static func combine(_ left: VaultVersion, _ right: VaultVersion) -> VaultVersion {
        var result = left
        result.firstSeen = min(left.firstSeen, right.firstSeen)
        if left.content == nil, right.content != nil {
            result.content = right.content
            result.sha256 = right.sha256
            result.summary = right.summary
            result.problem = nil
        }
        return result
    }

    private static func interleave(_ versions: [VaultVersion], _ following: [Int: [VaultVersion]]) -> [VaultVersion] {
        guard !following.isEmpty else { return versions }
        var result = following[-1] ?? []
        for (index, version) in versions.enumerated() {
            result.append(version)
            result.append(contentsOf: following[index] ?? [])
        }
        return result
    }
}
