internal import Foundation
public import Timestamps

/// A version, named.
public struct ObservedVersion: Sendable, Hashable, Codable {
    public var key: String
    public var versionID: String
    public var lastModified: Timestamp

    public init(key: String, versionID: String, lastModified: Timestamp) {
        (self.key, self.versionID, self.lastModified) = (key, versionID, lastModified)
    }
}

/// What one run saw of one replication: kept in the vault, because nobody else remembers it. Replicas carry the time of
/// their source, so that the time of their arrival can only be known by having looked.
public struct ReplicationObservation: Sendable, Hashable, Codable {
    /// A version that was seen on the DR side for the first time.
    public struct Arrival: Sendable, Hashable, Codable {
        public var version: ObservedVersion
        /// It took longer than this, since an earlier run found it missing; 0 when none did.
        public var atLeastSeconds: Double
        /// It took no longer than this: its age when it was first seen.
        public var atMostSeconds: Double
    }

    public var time: Timestamp
    public var from: String
    public var to: String
    /// Versions that the DR side lacked.
    public var missing: [ObservedVersion]
    public var arrived: [Arrival]

    /// Versions of each kind that are remembered, at most.
    public static let limit = 5_000

    public init(time: Timestamp, from: String, to: String, missing: [ObservedVersion], arrived: [Arrival] = []) {
        (self.time, self.from, self.to, self.missing, self.arrived) = (time, from, to, missing, arrived)
    }

    /// Adds what has arrived since the run before.
    mutating func note(_ versions: [ObservedVersion], since before: ReplicationObservation) {
        let awaited = Set(before.missing)
        arrived = versions.prefix(Self.limit).map { version in
            Arrival(
                version: version, atLeastSeconds: awaited.contains(version) ? max(0, (before.time - version.lastModified).inSeconds) : 0,
                atMostSeconds: max(0, (time - version.lastModified).inSeconds))
        }
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }

    /// - Returns: nil for a note that is none of ours.
    init?(bytes: [UInt8]) {
        guard let observation = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else { return nil }
        self = observation
    }
}

extension Duration {
    /// Seconds, to the nanosecond.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds / 1_000_000_000) / 1e9 }
}
