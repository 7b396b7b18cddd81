@testable import S3
import TestSupport

/// Bytes that look random and are the same at every run (SplitMix64).
func pseudoRandomBytes(count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return UInt8(truncatingIfNeeded: z ^ z >> 31)
    }
}

extension S3Bucket {
    /// Makes the bucket. Only tests do: tfguard never creates buckets.
    func create(versioned: Bool, region: String? = nil) async throws {
        var request = S3Request("CreateBucket", method: "PUT")
        if let region {
            request.body = Array("<CreateBucketConfiguration><LocationConstraint>\(region)</LocationConstraint></CreateBucketConfiguration>".utf8)
        }
        try await run(request) { _ throws(S3Error) in }
        if versioned { try await setVersioning("Enabled") }
    }

    func setVersioning(_ status: String) async throws {
        var request = S3Request("PutBucketVersioning", method: "PUT")
        request.query = [("versioning", "")]
        request.body = Array("<VersioningConfiguration><Status>\(status)</Status></VersioningConfiguration>".utf8)
        try await run(request) { _ throws(S3Error) in }
    }

    func sibling(named name: String) -> S3Bucket { client.bucket(name) }
}
