internal import AWSEndpoints
internal import Timestamps

/// The answer of ListObjectsV2 (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
struct ObjectListAnswer: Hashable, Sendable {
    var page = S3ObjectPage(objects: [], commonPrefixes: [])
    /// The continuation token; nil when this was the last page.
    var next: String?

    init(parsing body: [UInt8]) throws(XMLFault) {
        var reader = try XMLReader(body)
        try reader.beginRoot()
        guard reader.isNamed("ListBucketResult") else { throw XMLFault(.unexpectedRoot, at: 0, element: "ListBucketResult") }
        var isTruncated = false
        var isURLEncoded = false
        while try reader.nextChild() {
            if reader.isNamed("Contents") {
                page.objects.append(try Self.object(&reader))
            } else if reader.isNamed("CommonPrefixes") {
                while try reader.nextChild() {
                    if reader.isNamed("Prefix") { page.commonPrefixes.append(try reader.text()) } else { try reader.skip() }
                }
            } else if reader.isNamed("IsTruncated") {
                isTruncated = try reader.text() == "true"
            } else if reader.isNamed("EncodingType") {
                isURLEncoded = try reader.text() == "url"
            } else if reader.isNamed("NextContinuationToken") {
                next = try reader.text()
            } else {
                try reader.skip()
            }
        }
        try reader.finish()
        if isTruncated {
            guard let next, !next.isEmpty else { throw XMLFault(.missingElement, at: body.count, element: "NextContinuationToken") }
        } else {
            next = nil
        }
        if isURLEncoded {
            for index in page.objects.indices { page.objects[index].key = try Self.decoded(page.objects[index].key, "Key") }
            for index in page.commonPrefixes.indices { page.commonPrefixes[index] = try Self.decoded(page.commonPrefixes[index], "Prefix") }
        }
    }

    private static func object(_ reader: inout XMLReader) throws(XMLFault) -> S3ListedObject {
        let start = reader.offset
        var key = ""
        var modified: Timestamp?
        var etag = ""
        var size: Int64?
        var storageClass: String?
        while try reader.nextChild() {
            if reader.isNamed("Key") {
                key = try reader.text()
            } else if reader.isNamed("LastModified") {
                modified = Timestamp(rfc3339: try reader.text())
            } else if reader.isNamed("ETag") {
                etag = unquoted(try reader.text())
            } else if reader.isNamed("Size") {
                size = Int64(try reader.text())
            } else if reader.isNamed("StorageClass") {
                storageClass = try reader.text()
            } else {
                try reader.skip()
            }
        }
        guard !key.isEmpty else { throw XMLFault(.missingElement, at: start, element: "Key") }
        guard let modified else { throw XMLFault(.badValue, at: start, element: "LastModified") }
        guard let size, size >= 0 else { throw XMLFault(.badValue, at: start, element: "Size") }
        return S3ListedObject(key: key, lastModified: modified, etag: etag, size: size, storageClass: storageClass)
    }

    private static func decoded(_ text: String, _ element: String) throws(XMLFault) -> String {
        guard let decoded = PercentEncoding.decode(text, plusIsSpace: true) else { throw XMLFault(.badValue, at: 0, element: element) }
        return decoded
    }
}
