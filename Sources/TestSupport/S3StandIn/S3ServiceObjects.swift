/// Reads and writes of objects.
extension S3Service.State {
    func getObject(_ request: S3StandIn.Request) throws(S3ErrorAnswer) -> ScriptedResponse {
        let bucket = try bucket(of: request)
        let version = try find(request.versionID, request.keyBytes, in: bucket)
        guard let body = version.body else {
            var headers = [(name: "x-amz-delete-marker", value: "true"), (name: "x-amz-version-id", value: version.id)]
            guard request.versionID != nil else { throw S3ErrorAnswer(404, "NoSuchKey", "The specified key does not exist.", headers: headers) }
            headers += [("Allow", "DELETE"), ("Last-Modified", httpDate(version.modified))]
            throw S3ErrorAnswer(405, "MethodNotAllowed", "The specified method is not allowed against this resource.", headers: headers)
        }
        if let wanted = request.header("if-match"), wanted != "\"\(version.etag)\"", wanted != "*" { throw .preconditionFailed("If-Match") }
        if let unwanted = request.header("if-none-match"), unwanted == "\"\(version.etag)\"" { return ScriptedResponse(304) }
        if version.storageClass == "GLACIER" || version.storageClass == "DEEP_ARCHIVE", request.operation == .getObject {
            throw S3ErrorAnswer(403, "InvalidObjectState", "The operation is not valid for the object's storage class", details: [("StorageClass", version.storageClass)])
        }
        var headers = version.headers
        headers += [("ETag", "\"\(version.etag)\""), ("Last-Modified", httpDate(version.modified)), ("Accept-Ranges", "bytes"), ("x-amz-server-side-encryption", "AES256")]
        if bucket.versioning != .off { headers.append(("x-amz-version-id", version.id)) }
        if version.storageClass != "STANDARD" { headers.append(("x-amz-storage-class", version.storageClass)) }
        if let status = version.replicationStatus { headers.append(("x-amz-replication-status", status)) }
        guard let range = try byteRange(request.header("range"), of: body.bytes.count) else {
            if let checksum = version.checksum, request.header("x-amz-checksum-mode")?.uppercased() == "ENABLED" {
                headers += [(checksum.header, checksum.value(of: body.bytes)), ("x-amz-checksum-type", "FULL_OBJECT")]
            }
            return ScriptedResponse(headers: headers, body: body.bytes)
        }
        headers.append(("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(body.bytes.count)"))
        return ScriptedResponse(206, headers: headers, body: Array(body.bytes[range]))
    }

    mutating func putObject(_ request: S3StandIn.Request, now: Int64) throws(S3ErrorAnswer) -> ScriptedResponse {
        let bucket = try bucket(of: request)
        let bytes = request.http.body
        guard request.keyBytes.count <= 1024 else { throw S3ErrorAnswer(400, "KeyTooLongError", "Your key is too long", details: [("Size", "\(request.keyBytes.count)"), ("MaxSizeAllowed", "1024")]) }
        try checkConditions(request, bucket)
        if let digest = request.header("x-amz-content-sha256") {
            if digest.hasPrefix("STREAMING-") { throw S3ErrorAnswer(501, "NotImplemented", "aws-chunked bodies are not implemented") }
            if digest != "UNSIGNED-PAYLOAD", digest != sha256Hex(bytes) {
                throw S3ErrorAnswer(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
            }
        }
        if let digest = request.header("content-md5"), digest != md5Base64(bytes) {
            throw S3ErrorAnswer(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
        }
        // Without one of the client's choice S3 keeps a CRC64NVME.
        let checksum = S3StandIn.Checksum.allCases.first { request.header($0.header) != nil }
        if let checksum, request.header(checksum.header) != checksum.value(of: bytes) {
            throw S3ErrorAnswer(400, "BadDigest", "The \(checksum.rawValue.uppercased()) you specified did not match the calculated checksum.")
        }
        var version = S3StandIn.Version(id: nextID(in: bucket), body: S3StandIn.Body(bytes), modified: now)
        version.checksum = checksum ?? .crc64nvme
        version.storageClass = request.header("x-amz-storage-class") ?? "STANDARD"
        version.headers = request.storedHeaders
        buckets[request.bucket]?.add(version, to: request.keyBytes)
        var headers = [(name: "ETag", value: "\"\(version.etag)\""), (name: "x-amz-server-side-encryption", value: "AES256")]
        if bucket.versioning != .off { headers.append(("x-amz-version-id", version.id)) }
        if let checksum { headers.append((checksum.header, checksum.value(of: bytes))) }
        return ScriptedResponse(headers: headers)
    }

    mutating func copyObject(_ request: S3StandIn.Request, now: Int64) throws(S3ErrorAnswer) -> ScriptedResponse {
        let bucket = try bucket(of: request)
        let source = (request.header("x-amz-copy-source") ?? "").utf8.drop { $0 == UInt8(ascii: "/") }
        let path = source.prefix { $0 != UInt8(ascii: "?") }
        let sourceName = path.prefix { $0 != UInt8(ascii: "/") }
        let sourceKey = percentDecodedBytes(path.dropFirst(sourceName.count + 1))
        guard let from = buckets[String(decoding: sourceName, as: UTF8.self)] else { throw S3ErrorAnswer(404, "NoSuchBucket", "The specified bucket does not exist") }
        let query = String(decoding: source.dropFirst(path.count + 1), as: UTF8.self)
        let original = try find(query.hasPrefix("versionId=") ? percentDecoded(query.dropFirst(10)) : nil, sourceKey, in: from)
        guard let body = original.body else { throw S3ErrorAnswer(400, "InvalidRequest", "The source of a copy request may not specifically refer to a delete marker by version id.") }
        if let wanted = request.header("x-amz-copy-source-if-match"), wanted != "\"\(original.etag)\"" { throw .preconditionFailed("x-amz-copy-source-If-Match") }
        try checkConditions(request, bucket)
        var copy = S3StandIn.Version(id: nextID(in: bucket), body: body, modified: now)
        copy.checksum = original.checksum
        copy.headers = request.header("x-amz-metadata-directive") == "REPLACE" ? request.storedHeaders : original.headers
        buckets[request.bucket]?.add(copy, to: request.keyBytes)
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<CopyObjectResult><ETag>&quot;\(copy.etag)&quot;</ETag><LastModified>\(isoDate(now))</LastModified></CopyObjectResult>"
        var headers = [(name: "Content-Type", value: "application/xml")]
        if bucket.versioning != .off { headers.append(("x-amz-version-id", copy.id)) }
        if from.versioning != .off { headers.append(("x-amz-copy-source-version-id", original.id)) }
        return .text(200, xml, headers: headers)
    }

    mutating func deleteObject(_ request: S3StandIn.Request, now: Int64) throws(S3ErrorAnswer) -> ScriptedResponse {
        let bucket = try bucket(of: request)
        if let wanted = request.header("if-match") {
            guard let current = bucket.current(request.keyBytes), !current.isDeleteMarker else { throw S3ErrorAnswer(404, "NoSuchKey", "The specified key does not exist.") }
            if wanted != "*", wanted != "\"\(current.etag)\"" { throw .preconditionFailed("If-Match") }
        }
        if let id = request.versionID {
            let wasMarker = bucket.version(id, of: request.keyBytes)?.isDeleteMarker ?? false
            _ = buckets[request.bucket]?.remove(id, of: request.keyBytes)
            return ScriptedResponse(204, headers: [("x-amz-version-id", id)] + (wasMarker ? [("x-amz-delete-marker", "true")] : []))
        }
        if bucket.versioning == .off {
            _ = buckets[request.bucket]?.remove("null", of: request.keyBytes)
            return ScriptedResponse(204)
        }
        let marker = S3StandIn.Version(id: nextID(in: bucket), body: nil, modified: now)
        buckets[request.bucket]?.add(marker, to: request.keyBytes)
        return ScriptedResponse(204, headers: [("x-amz-version-id", marker.id), ("x-amz-delete-marker", "true")])
    }

    mutating func nextID(in bucket: StandInBucket) -> String { bucket.versioning == .enabled ? makeVersionID() : "null" }

    private func find(_ id: String?, _ key: [UInt8], in bucket: StandInBucket) throws(S3ErrorAnswer) -> S3StandIn.Version {
        guard let id else {
            guard let current = bucket.current(key) else { throw S3ErrorAnswer(404, "NoSuchKey", "The specified key does not exist.") }
            return current
        }
        guard let version = bucket.version(id, of: key) else { throw S3ErrorAnswer(404, "NoSuchVersion", "The specified version does not exist.", details: [("VersionId", id)]) }
        return version
    }

    /// Conditional writes look at the current version; a delete marker counts as absent.
    private func checkConditions(_ request: S3StandIn.Request, _ bucket: StandInBucket) throws(S3ErrorAnswer) {
        let current = bucket.current(request.keyBytes).flatMap { $0.isDeleteMarker ? nil : $0 }
        switch settings.conditions {
        case .honoured: break
        case .ignored: return
        case .unusable:
            if request.header("if-match") != nil { throw .preconditionFailed("If-Match") }
            return
        }
        if let condition = request.header("if-none-match") {
            guard condition == "*" else { throw S3ErrorAnswer(501, "NotImplemented", "If-None-Match takes * only") }
            if current != nil { throw .preconditionFailed("If-None-Match") }
        }
        if let wanted = request.header("if-match") {
            guard let current else { throw S3ErrorAnswer(404, "NoSuchKey", "The specified key does not exist.") }
            if wanted != "\"\(current.etag)\"" { throw .preconditionFailed("If-Match") }
        }
    }

    private func byteRange(_ header: String?, of size: Int) throws(S3ErrorAnswer) -> Range<Int>? {
        guard let header, header.hasPrefix("bytes=") else { return nil }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return nil }
        let range: Range<Int>? = switch (Int(ends[0]), Int(ends[1])) {
        case (let first?, let last?) where first <= last && first < size: first..<min(last + 1, size)
        case (let first?, nil) where first < size: first..<size
        case (nil, let count?) where count > 0 && size > 0: max(0, size - count)..<size
        default: nil
        }
        guard let range else { throw S3ErrorAnswer(416, "InvalidRange", "The requested range is not satisfiable", headers: [("Content-Range", "bytes */\(size)")]) }
        return range
    }
}

extension S3ErrorAnswer {
    static func preconditionFailed(_ condition: String) -> S3ErrorAnswer {
        S3ErrorAnswer(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", details: [("Condition", condition)])
    }
}

extension S3StandIn.Request {
    /// The headers that are kept with an object.
    var storedHeaders: [(name: String, value: String)] {
        http.headers.filter { $0.name.lowercased() == "content-type" || $0.name.lowercased().hasPrefix("x-amz-meta-") }
    }
}
