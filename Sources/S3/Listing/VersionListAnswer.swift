internal import AWSEndpoints
internal import Timestamps

/// The answer of ListObjectVersions (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html).
///
/// Tolerant of what the servers do differently: order of elements, quoting of ETags, missing markers, missing fractions
/// of seconds, unknown elements. Strict about what a backup rests on: a version without key or id, a size or time that
/// is none, is a fault.
struct VersionListAnswer: Hashable, Sendable {
    var page = S3VersionPage(versions: [])
    /// Nil when this was the last page.
    var next: ListingCursor?

    init(parsing body: [UInt8]) throws(XMLFault) {
        var reader = try XMLReader(body)
        try reader.beginRoot()
        guard reader.isNamed("ListVersionsResult") else { throw XMLFault(.unexpectedRoot, at: 0, element: "ListVersionsResult") }
        var parsing = Parsing()
        while try reader.nextChild() { try parsing.readChild(&reader) }
        try reader.finish()
        try parsing.decodeNames()
        next = try parsing.cursor(endOf: body.count)
        page = S3VersionPage(versions: parsing.versions, commonPrefixes: parsing.prefixes)
    }

    private struct Parsing: ~Copyable {
        var versions: [S3ObjectVersion] = []
        var prefixes: [String] = []
        private var isTruncated: Bool?
        private var isURLEncoded = false
        private var nextKeyMarker: String?
        private var nextVersionIDMarker: String?
        private var lastKey = ""
        private var lastClass = ""

        init() { versions.reserveCapacity(1000) }

        mutating func readChild(_ reader: inout XMLReader) throws(XMLFault) {
            if reader.isNamed("Version") {
                try readVersion(&reader, isDeleteMarker: false)
            } else if reader.isNamed("DeleteMarker") {
                try readVersion(&reader, isDeleteMarker: true)
            } else if reader.isNamed("IsTruncated") {
                isTruncated = try reader.text() == "true"
            } else if reader.isNamed("EncodingType") {
                isURLEncoded = try reader.text() == "url"
            } else if reader.isNamed("NextKeyMarker") {
                nextKeyMarker = try reader.text()
            } else if reader.isNamed("NextVersionIdMarker") {
                nextVersionIDMarker = try reader.text()
            } else if reader.isNamed("CommonPrefixes") {
                while try reader.nextChild() {
                    if reader.isNamed("Prefix") { prefixes.append(try reader.text()) } else { try reader.skip() }
                }
            } else {
                try reader.skip()
            }
        }

        private mutating func readVersion(_ reader: inout XMLReader, isDeleteMarker: Bool) throws(XMLFault) {
            let start = reader.offset
            var key: String?
            var versionID: String?
            var isLatest = false
            var modified: Timestamp?
            var etag = ""
            var size: Int64?
            var storageClass: String?
            var algorithms: [S3ChecksumAlgorithm] = []
            while try reader.nextChild() {
                if reader.isNamed("Key") {
                    let text = try reader.text(reusing: lastKey)
                    lastKey = text
                    key = text
                } else if reader.isNamed("VersionId") {
                    versionID = try reader.text()
                } else if reader.isNamed("IsLatest") {
                    isLatest = try reader.text() == "true"
                } else if reader.isNamed("LastModified") {
                    let at = reader.offset
                    modified = Timestamp(rfc3339: try reader.text())
                    if modified == nil { throw XMLFault(.badValue, at: at, element: "LastModified") }
                } else if reader.isNamed("ETag") {
                    etag = unquoted(try reader.text())
                } else if reader.isNamed("Size") {
                    let at = reader.offset
                    size = Int64(try reader.text())
                    guard let size, size >= 0 else { throw XMLFault(.badValue, at: at, element: "Size") }
                } else if reader.isNamed("StorageClass") {
                    let text = try reader.text(reusing: lastClass)
                    lastClass = text
                    storageClass = text.isEmpty ? nil : text
                } else if reader.isNamed("ChecksumAlgorithm") {
                    if let algorithm = S3ChecksumAlgorithm(rawValue: try reader.text()) { algorithms.append(algorithm) }
                } else {
                    try reader.skip()
                }
            }
            guard let key, !key.isEmpty else { throw XMLFault(.missingElement, at: start, element: "Key") }
            guard let modified else { throw XMLFault(.missingElement, at: start, element: "LastModified") }
            guard size != nil || isDeleteMarker else { throw XMLFault(.missingElement, at: start, element: "Size") }
            versions.append(
                S3ObjectVersion(
                    key: key, versionID: versionID.flatMap { $0.isEmpty ? nil : $0 } ?? "null", isLatest: isLatest,
                    isDeleteMarker: isDeleteMarker, lastModified: modified, etag: etag, size: isDeleteMarker ? 0 : size ?? 0,
                    storageClass: storageClass, checksumAlgorithms: algorithms))
        }

        /// Undoes `encoding-type=url`, which covers keys, prefixes and the key marker, only when the server says that
        /// it applied it: most servers other than AWS ignore the parameter.
        mutating func decodeNames() throws(XMLFault) {
            guard isURLEncoded else { return }
            var before = (encoded: "", decoded: "")
            for index in versions.indices {
                let encoded = versions[index].key
                if !encoded.hasSameBytes(as: before.encoded) { before = (encoded, try decoded(encoded, "Key")) }
                versions[index].key = before.decoded
            }
            for index in prefixes.indices { prefixes[index] = try decoded(prefixes[index], "Prefix") }
            if let marker = nextKeyMarker { nextKeyMarker = try decoded(marker, "NextKeyMarker") }
        }

        private func decoded(_ text: String, _ element: String) throws(XMLFault) -> String {
            guard let decoded = PercentEncoding.decode(text, plusIsSpace: true) else { throw XMLFault(.badValue, at: 0, element: element) }
            return decoded
        }

        /// The markers of the next page; where the server leaves them out, the end of this one.
        func cursor(endOf size: Int) throws(XMLFault) -> ListingCursor? {
            let marker = nextKeyMarker.flatMap { $0.isEmpty ? nil : $0 }
            guard isTruncated ?? (marker != nil) else { return nil }
            let last = versions.last
            if let marker {
                var version = nextVersionIDMarker.flatMap { $0.isEmpty ? nil : $0 }
                // A key marker alone means "after all versions of this key": never skip those that are still to come.
                if version == nil, let last, last.key.hasSameBytes(as: marker) { version = last.versionID }
                return ListingCursor(keyMarker: marker, versionIDMarker: version)
            }
            if let prefix = prefixes.last, (last?.key ?? "").utf8.lexicographicallyPrecedes(prefix.utf8) { return ListingCursor(keyMarker: prefix) }
            guard let last else { throw XMLFault(.missingElement, at: size, element: "NextKeyMarker") }
            return ListingCursor(keyMarker: last.key, versionIDMarker: last.versionID)
        }
    }
}

/// An ETag without the quotes, whichever way they came.
func unquoted(_ etag: String) -> String {
    guard etag.utf8.count >= 2, etag.hasPrefix("\""), etag.hasSuffix("\"") else { return etag }
    return String(etag.dropFirst().dropLast())
}
