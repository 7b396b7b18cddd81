/// Buckets and their configurations.
extension S3Service.State {
    func listBuckets() -> ScriptedResponse {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAllMyBucketsResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Owner><ID>standin</ID></Owner><Buckets>"
        for (name, bucket) in buckets.sorted(by: { $0.key < $1.key }) {
            xml += "<Bucket><Name>\(name)</Name><CreationDate>\(isoDate(bucket.created))</CreationDate></Bucket>"
        }
        return .text(200, xml + "</Buckets></ListAllMyBucketsResult>", headers: [("Content-Type", "application/xml")])
    }

    mutating func createBucket(_ request: S3StandIn.Request, now: Int64) throws(S3ErrorAnswer) -> ScriptedResponse {
        guard buckets[request.bucket] == nil else { throw S3ErrorAnswer(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded") }
        let region = request.http.body.element("LocationConstraint") ?? "us-east-1"
        buckets[request.bucket] = StandInBucket(region: region, created: now, versioning: .off)
        return ScriptedResponse(headers: [("Location", "/\(request.bucket)")])
    }

    func configuration(_ name: String, _ request: S3StandIn.Request) throws(S3ErrorAnswer) -> ScriptedResponse {
        let bucket = try bucket(of: request)
        let namespace = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\""
        func xml(_ text: String) -> ScriptedResponse { .text(200, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text, headers: [("Content-Type", "application/xml")]) }
        switch name {
        case "versioning":
            let status = bucket.versioning == .off ? "" : "<Status>\(bucket.versioning.rawValue)</Status>"
            return xml("<VersioningConfiguration \(namespace)>\(status)</VersioningConfiguration>")
        case "location":
            return xml("<LocationConstraint \(namespace)>\(bucket.region == "us-east-1" ? "" : bucket.region)</LocationConstraint>")
        default:
            if let stored = bucket.configurations[name] {
                let type = name == "policy" ? "application/json" : "application/xml"
                return ScriptedResponse(headers: [("Content-Type", type)], body: stored)
            }
            guard let (status, code) = Self.absent[name] else { throw S3ErrorAnswer(501, "NotImplemented", "not kept: \(name)") }
            throw S3ErrorAnswer(status, code, "The configuration does not exist")
        }
    }

    mutating func setConfiguration(_ name: String, _ request: S3StandIn.Request) throws(S3ErrorAnswer) -> ScriptedResponse {
        _ = try bucket(of: request)
        if name == "versioning" {
            guard let status = request.http.body.element("Status"), let versioning = S3StandIn.Versioning(rawValue: status), versioning != .off else {
                throw S3ErrorAnswer(400, "MalformedXML", "The XML you provided was not well-formed")
            }
            buckets[request.bucket]?.versioning = versioning
        } else {
            buckets[request.bucket]?.configurations[name] = request.http.body
        }
        return ScriptedResponse()
    }

    /// What S3 answers for a configuration that was never set.
    private static let absent = [
        "replication": (404, "ReplicationConfigurationNotFoundError"), "lifecycle": (404, "NoSuchLifecycleConfiguration"),
        "encryption": (404, "ServerSideEncryptionConfigurationNotFoundError"), "policy": (404, "NoSuchBucketPolicy"), "policyStatus": (404, "NoSuchBucketPolicy"),
        "object-lock": (404, "ObjectLockConfigurationNotFoundError"), "publicAccessBlock": (404, "NoSuchPublicAccessBlockConfiguration"),
        "ownershipControls": (404, "OwnershipControlsNotFoundError"), "tagging": (404, "NoSuchTagSet"), "cors": (404, "NoSuchCORSConfiguration"),
        "website": (404, "NoSuchWebsiteConfiguration"),
    ]
}

extension [UInt8] {
    /// The text of the first element of this name; enough for the small documents a client sends.
    func element(_ name: String) -> String? {
        guard let start = firstRange(of: Array("<\(name)>".utf8)), let end = self[start.upperBound...].firstRange(of: Array("</\(name)>".utf8)) else { return nil }
        return String(decoding: self[start.upperBound..<end.lowerBound], as: UTF8.self)
    }
}
