internal import Cryptography
internal import HTTPTransport

/// One object to delete, or one version of it.
public struct S3ObjectIdentifier: Hashable, Sendable {
    public var key: String
    public var versionID: String?

    public init(key: String, versionID: String? = nil) {
        (self.key, self.versionID) = (key, versionID)
    }
}

extension S3Bucket {
    /// Deletes many objects or versions, a thousand a request
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html).
    /// - Returns: what could not be deleted, each with its error. Empty when all is done.
    public func deleteObjects(_ objects: [S3ObjectIdentifier], bypassGovernance: Bool = false) async throws -> [S3Error] {
        var failures: [S3Error] = []
        // XML has no way to write most control characters: such keys are deleted one by one.
        let writable = objects.filter { XMLText.canHold($0.key) }
        for object in objects where !XMLText.canHold(object.key) {
            do {
                _ = try await deleteObject(key: object.key, versionID: object.versionID, bypassGovernance: bypassGovernance)
            } catch let error as S3Error {
                failures.append(error)
            }
        }
        for start in stride(from: 0, to: writable.count, by: 1000) {
            failures += try await deleteBatch(Array(writable[start..<min(start + 1000, writable.count)]), bypassGovernance)
        }
        return failures
    }

    private func deleteBatch(_ objects: [S3ObjectIdentifier], _ bypassGovernance: Bool) async throws -> [S3Error] {
        let entries = objects.map { object in
            let version = object.versionID.map { "<VersionId>\(XMLText.escape($0))</VersionId>" } ?? ""
            return "<Object><Key>\(XMLText.escape(object.key))</Key>\(version)</Object>"
        }
        var request = S3Request("DeleteObjects", method: "POST")
        request.query = [("delete", "")]
        request.body = Array("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(entries.joined())<Quiet>true</Quiet></Delete>".utf8)
        request.bodyDigest = SHA256.hash(request.body)
        request.headers["Content-MD5"] = Base64.encode(MD5.hash(request.body))
        request.headers["Content-Type"] = "application/xml"
        if bypassGovernance { request.headers["x-amz-bypass-governance-retention"] = "true" }
        return try await run(request) { answer throws(S3Error) in
            let result = try answer.xml()
            guard result.name == "DeleteResult" else {
                throw answer.failure(.unreadableAnswer, "UnreadableAnswer", "the answer says nothing of the deletions")
            }
            return result.all("Error").map { told in
                let code = told.value("Code") ?? "Unknown"
                var error = answer.failure(
                    S3Error.Kind(code: code, status: 400, isDeleteMarker: false, hasVersion: told.value("VersionId") != nil, hasKey: true),
                    code, told.value("Message") ?? "")
                (error.key, error.versionID) = (told.value("Key"), told.value("VersionId"))
                return error
            }
        }
    }
}
