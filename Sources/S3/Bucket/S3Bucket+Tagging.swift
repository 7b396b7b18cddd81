extension S3Bucket {
    /// The tags of the bucket.
    public func tags() async throws -> S3Setting<[String: String]> {
        try await setting(settingRequest("GetBucketTagging", "tagging"), read: Self.tags)
    }

    /// The tags of an object or a version of it.
    public func objectTags(key: String, versionID: String? = nil) async throws -> S3Setting<[String: String]> {
        var request = S3Request("GetObjectTagging", key: key, versionID: versionID)
        request.query = [("tagging", "")]
        return try await setting(request, read: Self.tags)
    }

    @Sendable private static func tags(_ root: XMLElement) -> [String: String]? {
        let tags = root["TagSet"]?.all("Tag") ?? []
        guard !tags.isEmpty else { return nil }
        return Dictionary(tags.map { ($0.value("Key") ?? "", $0.value("Value") ?? "") }) { $1 }
    }
}
