internal import HTTPTransport

/// What a deletion did.
public struct S3DeleteOutcome: Hashable, Sendable {
    /// The version that was deleted, or that the new delete marker has.
    public var versionID: String?
    /// A delete marker was made (no version was given) or removed (one was).
    public var isDeleteMarker: Bool
}

extension S3Bucket {
    /// Deletes one version for good, or, without a version, hides the object behind a delete marker
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html). Deleting what is not there succeeds.
    /// - Parameters:
    ///   - ifMatch: the ETag that the current version must have. Some servers ignore it.
    ///   - bypassGovernance: deletes a version under governance retention; needs `s3:BypassGovernanceRetention`.
    public func deleteObject(
        key: String, versionID: String? = nil, ifMatch: String? = nil, bypassGovernance: Bool = false
    ) async throws -> S3DeleteOutcome {
        var request = S3Request("DeleteObject", method: "DELETE", key: key, versionID: versionID)
        if let ifMatch { request.headers["If-Match"] = "\"\(ifMatch)\"" }
        if bypassGovernance { request.headers["x-amz-bypass-governance-retention"] = "true" }
        request.repeatsConflicts = true
        return try await run(request) { answer throws(S3Error) in
            S3DeleteOutcome(versionID: answer.header("x-amz-version-id"), isDeleteMarker: answer.header("x-amz-delete-marker") == "true")
        }
    }
}
