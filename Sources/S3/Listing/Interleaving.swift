/// Puts delete markers that a server lists behind all versions of a page into their places.
///
/// AWS mixes both in one order. moto cuts its pages from such an order too, and then lists what is in the page by kind: a
/// key's markers come apart from its versions, in the same page. A page is left as it came unless it, or one before it,
/// proves that its server does so.
///
/// Entries of one key are ordered by time. Within one second, which is all that moto tells, the latest comes first and
/// then versions and markers take turns: that is how a lock file comes and goes.
struct Interleaving: Sendable {
    private var isByKind = false
    /// The last entry of the page before.
    private var previous: S3ObjectVersion?

    mutating func apply(to page: inout S3VersionPage) {
        defer { previous = page.versions.last ?? previous }
        guard let split = page.versions.firstIndex(where: \.isDeleteMarker), split > 0 else { return }
        let contents = page.versions[..<split]
        let markers = page.versions[split...]
        guard markers.allSatisfy(\.isDeleteMarker), Self.ascends(contents), Self.ascends(markers) else { return }
        isByKind = isByKind || Self.isApart(contents, markers)
        // Times alone prove nothing about other pages: AWS gives a multipart upload the time at which it began.
        if isByKind || Self.isOlder(contents.last, than: markers.first) { page.versions = merge(contents, markers) }
    }

    private func merge(_ contents: ArraySlice<S3ObjectVersion>, _ markers: ArraySlice<S3ObjectVersion>) -> [S3ObjectVersion] {
        var merged: [S3ObjectVersion] = []
        merged.reserveCapacity(contents.count + markers.count)
        var (content, marker) = (contents.startIndex, markers.startIndex)
        while content < contents.endIndex, marker < markers.endIndex {
            if Self.isNewer(contents[content], than: markers[marker], after: merged.last ?? previous) {
                merged.append(contents[content])
                content += 1
            } else {
                merged.append(markers[marker])
                marker += 1
            }
        }
        return merged + contents[content...] + markers[marker...]
    }

    /// Whether the first marker cannot truly follow the last version: its key comes earlier, or it is the latest of the key.
    private static func isApart(_ contents: ArraySlice<S3ObjectVersion>, _ markers: ArraySlice<S3ObjectVersion>) -> Bool {
        guard let last = contents.last, let first = markers.first else { return false }
        guard first.key.hasSameBytes(as: last.key) else { return first.key.utf8.lexicographicallyPrecedes(last.key.utf8) }
        return first.isLatest
    }

    private static func isOlder(_ last: S3ObjectVersion?, than first: S3ObjectVersion?) -> Bool {
        guard let last, let first else { return false }
        return first.key.hasSameBytes(as: last.key) && first.lastModified > last.lastModified
    }

    private static func ascends(_ entries: ArraySlice<S3ObjectVersion>) -> Bool {
        zip(entries, entries.dropFirst()).allSatisfy { !$1.key.utf8.lexicographicallyPrecedes($0.key.utf8) }
    }

    private static func isNewer(_ content: S3ObjectVersion, than marker: S3ObjectVersion, after before: S3ObjectVersion?) -> Bool {
        guard content.key.hasSameBytes(as: marker.key) else { return content.key.utf8.lexicographicallyPrecedes(marker.key.utf8) }
        if content.isLatest != marker.isLatest { return content.isLatest }
        if content.lastModified != marker.lastModified { return content.lastModified > marker.lastModified }
        guard let before, before.key.hasSameBytes(as: content.key) else { return false }
        return before.isDeleteMarker
    }
}
