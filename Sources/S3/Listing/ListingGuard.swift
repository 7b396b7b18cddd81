/// Watches a listing for what a truthful server never does: going round in circles, pages without end, one version
/// told twice in two ways.
struct ListingGuard: Sendable {
    private let limits: ListingLimits
    private var pages = 0
    private var emptyPages = 0
    private var cursors: Set<Int> = []
    private var firstEntries: Set<Int> = []
    private var currentKey = ""
    private var seenOfKey: [String: Fingerprint] = [:]

    private struct Fingerprint: Hashable {
        var size: Int64
        var etag: String
        var isDeleteMarker: Bool
    }

    init(_ limits: ListingLimits) { self.limits = limits }

    /// Checks one page and takes exact repetitions out of it.
    /// - Returns: what is wrong, or nil.
    mutating func accept(_ answer: inout VersionListAnswer) -> String? {
        pages += 1
        if pages > limits.maxPages { return "the listing has more than \(limits.maxPages) pages" }
        let isEmpty = answer.page.versions.isEmpty && answer.page.commonPrefixes.isEmpty
        emptyPages = isEmpty ? emptyPages + 1 : 0
        if emptyPages > limits.maxEmptyPages, answer.next != nil { return "\(emptyPages) empty pages follow each other" }
        if let next = answer.next, !cursors.insert(next.hashValue).inserted { return "the server gave the same marker twice: the listing makes no progress" }
        // Rising markers over the same content are a circle too.
        if let first = answer.page.versions.first, !firstEntries.insert(hash(of: first)).inserted, pages > 1, repeatsWholly(answer.page) {
            return "the server gave the same page twice: the listing makes no progress"
        }
        return takeOutRepetitions(&answer.page)
    }

    private func hash(of version: S3ObjectVersion) -> Int {
        var hasher = Hasher()
        for byte in version.key.utf8 { hasher.combine(byte) }
        hasher.combine(version.versionID)
        return hasher.finalize()
    }

    /// The version that ended one page may begin the next on servers that take the marker as included: that is a
    /// repetition of one entry, not of the page.
    private func repeatsWholly(_ page: S3VersionPage) -> Bool {
        page.versions.count < 2 || !page.versions[1].key.hasSameBytes(as: currentKey) || seenOfKey[page.versions[1].versionID] != nil
    }

    private mutating func takeOutRepetitions(_ page: inout S3VersionPage) -> String? {
        var repeated: [Int] = []
        for (index, version) in page.versions.enumerated() {
            if !version.key.hasSameBytes(as: currentKey) {
                currentKey = version.key
                seenOfKey.removeAll(keepingCapacity: true)
            }
            let fingerprint = Fingerprint(size: version.size, etag: version.etag, isDeleteMarker: version.isDeleteMarker)
            guard let before = seenOfKey.updateValue(fingerprint, forKey: version.versionID) else { continue }
            guard before == fingerprint else {
                return "version \(version.versionID) of \(version.key) is listed twice, with another size, ETag or kind"
            }
            repeated.append(index)
        }
        for index in repeated.reversed() { page.versions.remove(at: index) }
        return nil
    }
}

extension String {
    /// Byte by byte: Swift's own comparison takes a composed and a decomposed `é` for the same, S3 does not.
    func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
