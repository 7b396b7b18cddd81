public import Timestamps

/// The replication of one state.
public struct VerifiedState: Sendable {
    public var key: String
    /// Versions on the primary side, delete markers included.
    public var versions: Int
    public var deleteMarkers: Int
    public var replicated: Int
    public var missing: [Version]
    public var different: [Version]
    public var unverified: [Version]
    public var extra: [Version]
    public var outOfOrder: [Version]
    /// Paired by content, since the DR side gives ids of its own.
    public var renamed: Int
    public var pending: Int
    public var failed: Int
    /// The version that the DR side wrongly takes for the current one.
    public var staleCurrent: String?
    public var recoveryPoint: Point
    public var lostSerials: [UInt64]
    public var lostResources: [Resource]
    public var lostResourceCount: Int
    /// Why the lost resources are not known.
    public var lossObstacle: String?

    /// One version that is not simply on both sides.
    public struct Version: Sendable {
        public var versionID: String
        public var isDeleteMarker: Bool
        public var lastModified: Timestamp
        public var size: Int64
        public var serial: UInt64?
        /// `pending`, `failed`, `older_than_rule`, …
        public var cause: String
        /// What S3 says: `PENDING`, `FAILED`, ….
        public var status: String?
        public var counterpartID: String?

        public init(
            versionID: String, isDeleteMarker: Bool, lastModified: Timestamp, size: Int64, serial: UInt64?, cause: String, status: String?, counterpartID: String?
        ) {
            (self.versionID, self.isDeleteMarker, self.lastModified, self.size) = (versionID, isDeleteMarker, lastModified, size)
            (self.serial, self.cause, self.status, self.counterpartID) = (serial, cause, status, counterpartID)
        }
    }

    /// The newest version that is whole on the DR side.
    public struct Point: Sendable {
        public var versionID: String?
        public var replicaID: String?
        public var serial: UInt64?
        public var lastModified: Timestamp?
        public var isDeleteMarker: Bool
        public var versionsAtRisk: Int
        public var exposure: Duration

        public init(
            versionID: String?, replicaID: String?, serial: UInt64?, lastModified: Timestamp?, isDeleteMarker: Bool, versionsAtRisk: Int, exposure: Duration
        ) {
            (self.versionID, self.replicaID, self.serial, self.lastModified) = (versionID, replicaID, serial, lastModified)
            (self.isDeleteMarker, self.versionsAtRisk, self.exposure) = (isDeleteMarker, versionsAtRisk, exposure)
        }
    }

    /// A resource that the versions at risk changed.
    public struct Resource: Sendable {
        public var address: String
        public var action: String

        public init(address: String, action: String) { (self.address, self.action) = (address, action) }
    }

    public init(
        key: String, versions: Int, deleteMarkers: Int, replicated: Int, missing: [Version], different: [Version], unverified: [Version], extra: [Version],
        outOfOrder: [Version], renamed: Int, pending: Int, failed: Int, staleCurrent: String? = nil, recoveryPoint: Point, lostSerials: [UInt64] = [], lostResources: [Resource] = [],
        lostResourceCount: Int = 0, lossObstacle: String? = nil
    ) {
        (self.key, self.versions, self.deleteMarkers, self.replicated) = (key, versions, deleteMarkers, replicated)
        (self.missing, self.different, self.unverified, self.extra) = (missing, different, unverified, extra)
        (self.outOfOrder, self.renamed, self.pending, self.failed) = (outOfOrder, renamed, pending, failed)
        (self.recoveryPoint, self.lostSerials, self.lostResources) = (recoveryPoint, lostSerials, lostResources)
        self.staleCurrent = staleCurrent
        (self.lostResourceCount, self.lossObstacle) = (lostResourceCount, lossObstacle)
    }

    var versionsAtRisk: Int { recoveryPoint.versionsAtRisk }
    var isInStep: Bool { missing.isEmpty && different.isEmpty && unverified.isEmpty && extra.isEmpty && outOfOrder.isEmpty && staleCurrent == nil }

    var object: JSONObject {
        var object: JSONObject = [
            "key": .string(key), "versions": .integer(versions), "delete_markers": .integer(deleteMarkers), "replicated": .integer(replicated),
            "missing": .integer(missing.count), "different": .integer(different.count), "unverified": .integer(unverified.count), "pending": .integer(pending),
            "failed": .integer(failed), "extra": .integer(extra.count), "order_conflicts": .integer(outOfOrder.count), "renamed": .integer(renamed),
            "recovery_point": .object(recoveryPoint.object),
        ]
        guard !isInStep else { return object }
        object = object + [
            "missing_versions": .objects(missing.map(\.object)), "different_versions": .objects(different.map(\.object)),
            "unverified_versions": .objects(unverified.map(\.object)), "extra_versions": .objects(extra.map(\.object)),
            "wrongly_current_version_id": .string(staleCurrent),
        ]
        guard versionsAtRisk > 0 else { return object }
        let loss: JSONObject = [
            "serials": .array(lostSerials.map { .integer($0) }),
            "resources": .objects(lostResources.map { ["address": .string($0.address), "action": .string($0.action)] }),
            "resource_count": .integer(lostResourceCount), "unknown_because": .string(lossObstacle),
        ]
        return object + ["at_risk": .object(loss)]
    }
}

extension VerifiedState.Version {
    var object: JSONObject {
        [
            "version_id": .string(versionID), "delete_marker": .bool(isDeleteMarker), "last_modified": .string(lastModified.rfc3339), "size": .integer(size),
            "serial": .integer(serial), "cause": .string(cause), "replication_status": .string(status), "counterpart_version_id": .string(counterpartID),
        ]
    }
}

extension VerifiedState.Point {
    var object: JSONObject {
        [
            "version_id": .string(versionID), "replica_version_id": .string(replicaID), "serial": .integer(serial),
            "last_modified": .string(lastModified?.rfc3339), "delete_marker": .bool(isDeleteMarker), "versions_at_risk": .integer(versionsAtRisk),
            "exposure_seconds": .seconds(exposure),
        ]
    }
}
