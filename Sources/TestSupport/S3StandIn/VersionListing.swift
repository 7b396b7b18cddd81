/// ListObjectVersions: versions and delete markers in one order, by key bytes, newest first within a key.
struct VersionListing {
    private let prefix: [UInt8]
    private let delimiter: [UInt8]
    private let keyMarker: [UInt8]?
    private let versionMarker: String?
    private let limit: Int
    private let isEncoded: Bool
    private let listsMarkersLast: Bool
    private let bucketName: String

    init(_ request: S3StandIn.Request, settings: S3StandIn.Settings) throws(S3ErrorAnswer) {
        let parameters = ListingParameters(request.http.target)
        prefix = parameters["prefix"] ?? []
        delimiter = parameters["delimiter"] ?? []
        keyMarker = parameters["key-marker"].flatMap { $0.isEmpty ? nil : $0 }
        versionMarker = parameters["version-id-marker"].map { String(decoding: $0, as: UTF8.self) }
        let asked = parameters["max-keys"].map { Int(String(decoding: $0, as: UTF8.self)) } ?? 1000
        guard let asked, asked >= 0 else { throw S3ErrorAnswer(400, "InvalidArgument", "Argument max-keys must be an integer between 0 and 2147483647") }
        limit = min(asked, settings.pageLimit)
        isEncoded = settings.honoursEncodingType && parameters["encoding-type"] == Array("url".utf8)
        listsMarkersLast = settings.listsMarkersLast
        bucketName = request.bucket
        if versionMarker?.isEmpty == true { throw S3ErrorAnswer(400, "InvalidArgument", "A version-id marker cannot be empty.") }
        if versionMarker != nil, keyMarker == nil { throw S3ErrorAnswer(400, "InvalidArgument", "A version-id marker cannot be specified without a key marker.") }
    }

    func response(of bucket: StandInBucket) -> ScriptedResponse {
        var entries = ""
        var markers = ""
        var count = 0
        var last: (key: [UInt8], version: String?)?
        var isTruncated = false
        var commonPrefixes: [[UInt8]] = []
        var place = firstPlace(in: bucket)
        walk: while place < bucket.keys.count {
            let key = bucket.keys[place]
            guard key.starts(with: prefix) else { break }
            if let common = commonPrefix(of: key) {
                // A page that ended with this prefix goes on behind everything under it.
                let isPast = keyMarker.map { $0.starts(with: common) && versionMarker == nil } ?? false
                if !isPast {
                    if count == limit { isTruncated = limit > 0; break }
                    commonPrefixes.append(common)
                    last = (common, nil)
                    count += 1
                }
                while place < bucket.keys.count, bucket.keys[place].starts(with: common) { place += 1 }
                continue
            }
            var isLatest = true
            var skipping = key == keyMarker ? versionMarker : nil
            for version in bucket.versions(of: key).reversed() {
                defer { isLatest = false }
                if let marker = skipping {
                    if version.id == marker { skipping = nil }
                    continue
                }
                if count == limit {
                    isTruncated = limit > 0
                    break walk
                }
                let text = entry(version, key: key, isLatest: isLatest)
                if listsMarkersLast, version.isDeleteMarker { markers += text } else { entries += text }
                last = (key, version.id)
                count += 1
            }
            place += 1
        }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListVersionsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>\(bucketName)</Name>"
        xml += "<Prefix>\(text(prefix))</Prefix><KeyMarker>\(text(keyMarker ?? []))</KeyMarker><VersionIdMarker>\(escapedXML((versionMarker ?? "").utf8))</VersionIdMarker>"
        if isTruncated, let last {
            xml += "<NextKeyMarker>\(text(last.key))</NextKeyMarker>"
            if let version = last.version { xml += "<NextVersionIdMarker>\(escapedXML(version.utf8))</NextVersionIdMarker>" }
        }
        xml += "<MaxKeys>\(limit)</MaxKeys>"
        if !delimiter.isEmpty { xml += "<Delimiter>\(text(delimiter))</Delimiter>" }
        if isEncoded { xml += "<EncodingType>url</EncodingType>" }
        xml += "<IsTruncated>\(isTruncated)</IsTruncated>\(entries)\(markers)"
        for common in commonPrefixes { xml += "<CommonPrefixes><Prefix>\(text(common))</Prefix></CommonPrefixes>" }
        return .text(200, xml + "</ListVersionsResult>", headers: [("Content-Type", "application/xml")])
    }

    private func firstPlace(in bucket: StandInBucket) -> Int {
        guard let keyMarker, !keyMarker.lexicographicallyPrecedes(prefix) else { return bucket.place(of: prefix) }
        let place = bucket.place(of: keyMarker)
        // A key marker alone means: after this key. With a version marker the key itself goes on.
        return versionMarker == nil && place < bucket.keys.count && bucket.keys[place] == keyMarker ? place + 1 : place
    }

    private func commonPrefix(of key: [UInt8]) -> [UInt8]? {
        guard !delimiter.isEmpty, let end = key[prefix.count...].firstRange(of: delimiter) else { return nil }
        return Array(key[..<end.upperBound])
    }

    private func entry(_ version: S3StandIn.Version, key: [UInt8], isLatest: Bool) -> String {
        let name = version.isDeleteMarker ? "DeleteMarker" : "Version"
        var xml = "<\(name)><Key>\(text(key))</Key><VersionId>\(version.id)</VersionId><IsLatest>\(isLatest)</IsLatest><LastModified>\(isoDate(version.modified))</LastModified>"
        if let body = version.body {
            xml += "<ETag>&quot;\(version.etag)&quot;</ETag>"
            if let checksum = version.checksum { xml += "<ChecksumAlgorithm>\(checksum.rawValue.uppercased())</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>" }
            xml += "<Size>\(body.bytes.count)</Size><StorageClass>\(version.storageClass)</StorageClass>"
        }
        return xml + "<Owner><ID>standin</ID></Owner></\(name)>"
    }

    private func text(_ bytes: [UInt8]) -> String { isEncoded ? listingEncoded(bytes) : escapedXML(bytes) }
}

/// Query parameters of a listing with their values as bytes.
struct ListingParameters {
    private var values: [String: [UInt8]] = [:]

    init(_ target: String) {
        for item in target.utf8.drop(while: { $0 != UInt8(ascii: "?") }).dropFirst().split(separator: UInt8(ascii: "&")) {
            let name = item.prefix { $0 != UInt8(ascii: "=") }
            values[String(decoding: percentDecodedBytes(name), as: UTF8.self)] = percentDecodedBytes(item.dropFirst(name.count + 1))
        }
    }

    subscript(name: String) -> [UInt8]? { values[name] }
}
