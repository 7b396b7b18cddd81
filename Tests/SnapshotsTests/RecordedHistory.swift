import Cryptography
import Foundation
import Sites
import TestSupport
import Testing

/// A recorded history of a real state: every version that S3 kept of it, oldest first, with its SHA-256.
struct RecordedHistory {
    struct Version: Decodable {
        var file: String
        var sha256: String
        var serial: UInt64
    }

    var key: String
    var versions: [(record: Version, bytes: [UInt8])]

    static func all() throws -> [RecordedHistory] {
        [
            try RecordedHistory("primary", at: "prod/network/terraform.tfstate"), try RecordedHistory("dr", at: "prod/network-dr/terraform.tfstate"),
            try RecordedHistory("primary-ws-staging", at: "env:/staging/prod/network/terraform.tfstate"),
        ]
    }

    init(_ name: String, at key: String) throws {
        let folder = try #require(SharedFixtures.path("corpus/history/\(name)"))
        let records = try JSONDecoder().decode([Version].self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/manifest.json")))
        self.key = key
        versions = try records.map { ($0, try LocalFile.read("\(folder)/\($0.file)", limit: 1 << 24)) }
    }

    /// What the manifest promises.
    func digests() throws -> [SHA256Digest] {
        try versions.map { try #require(SHA256Digest(hex: $0.record.sha256)) }
    }
}
