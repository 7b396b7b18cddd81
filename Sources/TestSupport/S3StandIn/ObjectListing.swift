/// ListObjectsV2: current versions that are no delete markers.
struct ObjectListing {
    private let prefix: [UInt8]
    private let delimiter: [UInt8]
    private let start: [UInt8]?
    private let limit: Int
    private let isEncoded: Bool
    private let bucketName: String

    init(_ request: S3StandIn.Request, settings: S3StandIn.Settings) throws(S3ErrorAnswer) {
        let parameters = ListingParameters(request.http.target)
        prefix = parameters["prefix"] ?? []
        delimiter = parameters["delimiter"] ?? []
        // The continuation token is the last key or common prefix, encoded once more.
        if let token = parameters["continuation-token"] {
            start = percentDecodedBytes(String(decoding: token, as: UTF8.self).utf8)
        } else {
            start = parameters["start-after"] ?? parameters["marker"]
        }
        limit = min(parameters["max-keys"].flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 1000, settings.pageLimit)
        isEncoded = settings.honoursEncodingType && parameters["encoding-type"] == Array("url".utf8)
        bucketName = request.bucket
    }

    func response(of bucket: StandInBucket) -> ScriptedResponse {
        var entries = ""
        var commonPrefixes: [[UInt8]] = []
        var count = 0
        var last: [UInt8] = []
        var isTruncated = false
        for key in bucket.keys[bucket.place(of: prefix)...] {
            guard key.starts(with: prefix) else { break }
            if let start, !start.lexicographicallyPrecedes(key) { continue }
            guard let version = bucket.current(key), let body = version.body else { continue }
            let common = delimiter.isEmpty ? nil : key[prefix.count...].firstRange(of: delimiter).map { Array(key[..<$0.upperBound]) }
            if let common, commonPrefixes.last == common || start?.starts(with: common) == true { continue }
            if count == limit {
                isTruncated = limit > 0
                break
            }
            count += 1
            if let common {
                commonPrefixes.append(common)
                last = common
                continue
            }
            last = key
            entries += "<Contents><Key>\(text(key))</Key><LastModified>\(isoDate(version.modified))</LastModified><ETag>&quot;\(version.etag)&quot;</ETag>"
            entries += "<Size>\(body.bytes.count)</Size><StorageClass>\(version.storageClass)</StorageClass></Contents>"
        }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>\(bucketName)</Name><Prefix>\(text(prefix))</Prefix>"
        xml += "<KeyCount>\(count)</KeyCount><MaxKeys>\(limit)</MaxKeys>"
        if !delimiter.isEmpty { xml += "<Delimiter>\(text(delimiter))</Delimiter>" }
        if isEncoded { xml += "<EncodingType>url</EncodingType>" }
        xml += "<IsTruncated>\(isTruncated)</IsTruncated>"
        if isTruncated { xml += "<NextContinuationToken>\(listingEncoded(last))</NextContinuationToken>" }
        xml += entries
        for common in commonPrefixes { xml += "<CommonPrefixes><Prefix>\(text(common))</Prefix></CommonPrefixes>" }
        return .text(200, xml + "</ListBucketResult>", headers: [("Content-Type", "application/xml")])
    }

    private func text(_ bytes: [UInt8]) -> String { isEncoded ? listingEncoded(bytes) : escapedXML(bytes) }
}
