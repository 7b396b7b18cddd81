public import S3
internal import Timestamps

/// Which version of one key on the DR side is the replica of which version on the primary side. Pure.
///
/// AWS gives a replica the id of its source
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html), other servers do not. So
/// ids decide first; what they leave over is paired by content (ETag and size) with the same time, then by content alone
/// where the order allows it. A delete marker has no content: its place between paired neighbours must fit.
public struct VersionPairing: Sendable, Hashable {
    /// What a pair rests on.
    public enum Basis: Sendable, Hashable {
        case versionID
        /// Same ETag, size and time under another id.
        case contentAndTime
        /// Same ETag and size, and no contradiction in order.
        case content
    }

    /// How far the two listings agree about the content of a pair.
    public enum Agreement: Sendable, Hashable {
        case same
        /// The sizes agree, the ETags do not: different content, or another encryption. Checksums or bytes decide.
        case doubtful
        case different
    }

    /// A version and its replica, by their places in the lists.
    public struct Pair: Sendable, Hashable {
        public var source: Int
        public var replica: Int
        public var basis: Basis
        public var agreement: Agreement
    }

    /// In the order of the primary side, newest first.
    public private(set) var pairs: [Pair] = []
    /// Places of versions without a replica.
    public private(set) var sourceOnly: [Int] = []
    /// Places of versions on the DR side that the primary side does not have.
    public private(set) var replicaOnly: [Int] = []
    /// Places, on the primary side, of versions whose replica stands in another order.
    public private(set) var outOfOrder: [Int] = []

    /// Pairs two lists, each newest first. Linear in their lengths, but for lists in which many versions have equal content.
    public init(source: [S3ObjectVersion], replica: [S3ObjectVersion]) {
        var partner = [Int?](repeating: nil, count: source.count)
        var basis = [Basis](repeating: .versionID, count: source.count)
        var isTaken = [Bool](repeating: false, count: replica.count)

        let byID = Dictionary(replica.indices.map { (replica[$0].versionID, $0) }, uniquingKeysWith: { first, _ in first })
        for index in source.indices {
            guard let match = byID[source[index].versionID], !isTaken[match], source[index].isDeleteMarker == replica[match].isDeleteMarker else { continue }
            (partner[index], isTaken[match]) = (match, true)
        }
        if partner.contains(where: { $0 == nil }), isTaken.contains(false) {
            Self.pairByTime(source, replica, &partner, &basis, &isTaken)
            Self.pairByOrder(source, replica, &partner, &basis, &isTaken)
        }

        for (index, match) in partner.enumerated() {
            guard let match else {
                sourceOnly.append(index)
                continue
            }
            pairs.append(Pair(source: index, replica: match, basis: basis[index], agreement: Self.agreement(source[index], replica[match])))
        }
        replicaOnly = isTaken.indices.filter { !isTaken[$0] }
        outOfOrder = Self.inversions(pairs)
    }

    /// Whether both sides tell the same versions in the same order: the case that costs nothing.
    public static func isInStep(_ source: [S3ObjectVersion], _ replica: [S3ObjectVersion]) -> Bool {
        guard source.count == replica.count else { return false }
        for index in source.indices {
            let (left, right) = (source[index], replica[index])
            guard left.size == right.size, left.isDeleteMarker == right.isDeleteMarker, left.isLatest == right.isLatest, left.versionID == right.versionID, left.etag == right.etag else { return false }
        }
        return true
    }

    static func agreement(_ source: S3ObjectVersion, _ replica: S3ObjectVersion) -> Agreement {
        if source.isDeleteMarker { return .same }
        if source.size != replica.size { return .different }
        return source.etag == replica.etag ? .same : .doubtful
    }

    private struct Content: Hashable {
        var isDeleteMarker: Bool
        var etag: String
        var size: Int64
        var time: Int64

        init(_ version: S3ObjectVersion, withTime: Bool) {
            (isDeleteMarker, etag, size) = (version.isDeleteMarker, version.etag, version.size)
            // Servers tell fractions of a second or not.
            time = withTime ? version.lastModified.seconds : 0
        }
    }

    private static func pairByTime(_ source: [S3ObjectVersion], _ replica: [S3ObjectVersion], _ partner: inout [Int?], _ basis: inout [Basis], _ isTaken: inout [Bool]) {
        // Oldest last, so that `popLast` gives the oldest first: both sides are walked from the oldest on.
        var candidates: [Content: [Int]] = [:]
        for index in replica.indices where !isTaken[index] { candidates[Content(replica[index], withTime: true), default: []].append(index) }
        for index in source.indices.reversed() where partner[index] == nil {
            guard let match = candidates[Content(source[index], withTime: true)]?.popLast() else { continue }
            (partner[index], basis[index], isTaken[match]) = (match, .contentAndTime, true)
        }
    }

    private static func pairByOrder(_ source: [S3ObjectVersion], _ replica: [S3ObjectVersion], _ partner: inout [Int?], _ basis: inout [Basis], _ isTaken: inout [Bool]) {
        // The nearest paired neighbour on the older side, as a place on the DR side.
        var olderBound = [Int](repeating: replica.count, count: source.count)
        var bound = replica.count
        for index in source.indices.reversed() {
            olderBound[index] = bound
            if let match = partner[index] { bound = match }
        }
        var candidates: [Content: [Int]] = [:]
        for index in replica.indices.reversed() where !isTaken[index] { candidates[Content(replica[index], withTime: false), default: []].append(index) }
        var newerBound = -1
        for index in source.indices {
            if let match = partner[index] {
                newerBound = max(newerBound, match)
                continue
            }
            let content = Content(source[index], withTime: false)
            guard let match = candidates[content]?.last(where: { $0 > newerBound && $0 < olderBound[index] }) else { continue }
            candidates[content]?.removeAll { $0 == match }
            (partner[index], basis[index], isTaken[match]) = (match, .content, true)
            newerBound = match
        }
    }

    /// The pairs outside the longest run of pairs that stand in the same order on both sides.
    private static func inversions(_ pairs: [Pair]) -> [Int] {
        var isSorted = true
        for (left, right) in zip(pairs, pairs.dropFirst()) where right.replica < left.replica { isSorted = false }
        if isSorted { return [] }
        // Longest increasing subsequence by patience: tails[k] is the pair that ends the best run of length k + 1.
        var tails: [Int] = []
        var previous = [Int?](repeating: nil, count: pairs.count)
        for index in pairs.indices {
            var (low, high) = (0, tails.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[tails[middle]].replica < pairs[index].replica { low = middle + 1 } else { high = middle }
            }
            previous[index] = low > 0 ? tails[low - 1] : nil
            if low == tails.count { tails.append(index) } else { tails[low] = index }
        }
        var kept = Set<Int>()
        var place = tails.last
        while let index = place {
            kept.insert(index)
            place = previous[index]
        }
        return pairs.indices.filter { !kept.contains($0) }.map { pairs[$0].source }
    }
}
