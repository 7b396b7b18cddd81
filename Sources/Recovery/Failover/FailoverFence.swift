internal import Foundation
public import Sites
public import Timestamps

/// The record of one state's failover: which side is in use, and from which versions on.
///
/// Lies in the DR bucket, and in the primary one as soon as it answers, with the same bytes on both sides: replication may
/// carry one over the other. A fence is never deleted, it is ended: a late replica of an older one cannot bring it back.
public struct FailoverFence: Sendable, Hashable, Codable {
    /// One side as it was when the fence was set.
    public struct Side: Sendable, Hashable, Codable {
        /// The site's name in the configuration of who set the fence.
        public var site: String
        public var bucket: String
        /// Of a server other than AWS, where bucket names are not unique in the world; nil for AWS.
        public var endpoint: String?
        /// The current version; nil when the side did not answer.
        public var versionID: String?
        public var serial: UInt64?
        public var lineage: String?

        enum CodingKeys: String, CodingKey {
            case site, bucket, endpoint, serial, lineage
            case versionID = "version_id"
        }

        /// A side of which nothing is known yet.
        public init(_ settings: SiteSettings) {
            (site, bucket, endpoint) = (settings.name, settings.bucket, settings.access.endpoints.s3)
        }

        /// Whether it is that site's bucket, whatever the site is called.
        func isBucket(of settings: SiteSettings) -> Bool { bucket == settings.bucket && endpoint == settings.access.endpoints.s3 }
    }

    /// What a failback is about to write on the primary side, so that its own write is never taken for somebody else's.
    public struct Return: Sendable, Hashable, Codable {
        public var serial: UInt64?
        /// Of the bytes, hexadecimal.
        public var sha256: String

        public init(serial: UInt64?, sha256: String) {
            (self.serial, self.sha256) = (serial, sha256)
        }
    }

    /// How the failover ended.
    public struct End: Sendable, Hashable, Codable {
        public var time: Timestamp
        public var who: String
        /// The site whose state was kept.
        public var kept: String

        public init(time: Timestamp, who: String, kept: String) {
            (self.time, self.who, self.kept) = (time, who, kept)
        }
    }

    public var format = Self.formatName
    public var version = 1
    public var id: String
    /// Of the state; the same on both sides.
    public var key: String
    /// The side that must not be written any more.
    public var from: Side
    /// The side that is in use.
    public var to: Side
    public var created: Timestamp
    public var who: String
    /// The program that set it.
    public var tool: String
    /// The ID of Terraform's lock that is held on the fenced side; nil when none is.
    public var lockID: String?
    public var returning: Return?
    public var ended: End?

    enum CodingKeys: String, CodingKey {
        case format, version, id, key, from, to, created, who, tool, returning, ended
        case lockID = "lock_id"
    }

    static let formatName = "tfguard-fence"

    public init(id: String, key: String, from: Side, to: Side, created: Timestamp, who: String, tool: String, lockID: String? = nil) {
        (self.id, self.key, self.from, self.to) = (id, key, from, to)
        (self.created, self.who, self.tool, self.lockID) = (created, who, tool, lockID)
    }

    /// Whether the failover goes on.
    public var isActive: Bool { ended == nil }
}

extension FailoverFence {
    /// The object's bytes: JSON, two blanks, members in alphabetical order.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }

    /// Reads an object; nil when it is no fence of a version that is known.
    init?(json bytes: [UInt8]) {
        guard bytes.count <= 1 << 16, let fence = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        guard fence.format == Self.formatName, fence.version == 1 else { return nil }
        self = fence
    }
}
