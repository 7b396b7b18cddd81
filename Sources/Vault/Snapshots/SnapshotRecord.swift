internal import Cryptography
public import Timestamps

/// The immutable record of one run.
public struct SnapshotRecord: Sendable, Hashable {
    public var id: SnapshotID
    /// When the run began, by the clock of its machine.
    public var time: Timestamp
    /// The program that wrote it.
    public var tool: String
    /// The snapshots that it continues: what they know, it knows too.
    public var parents: [SnapshotID]
    /// One more than the greatest height of the parents; 1 for a vault's first.
    public var height: Int
    /// How many snapshots it continues, directly or not.
    public var ancestorCount: Int
    public var sites: [SiteSummary]
    /// What could not be read or done.
    public var problems: [RunProblem]
    /// Bytes that the run added to the vault before this record.
    public var storedBytes: Int64
    /// The pieces that list the states.
    var catalogue: [PieceRef]
    /// SHA-256 of the vault's header as the run saw it.
    var headerDigest: SHA256Digest
}

/// What a run did at one site.
public struct SiteSummary: Sendable, Hashable {
    public var name: String
    public var states: Int
    public var versions: Int
    public var deleteMarkers: Int
    public var versionsFetched: Int
    public var bytesFetched: Int64

    public init(name: String, states: Int, versions: Int, deleteMarkers: Int, versionsFetched: Int, bytesFetched: Int64) {
        self.name = name
        self.states = states
        self.versions = versions
        self.deleteMarkers = deleteMarkers
        self.versionsFetched = versionsFetched
        self.bytesFetched = bytesFetched
    }
}

/// Something that a run could not read or do.
public struct RunProblem: Sendable, Hashable {
    public var reference: String
    public var code: String
    public var message: String

    public init(reference: String, code: String, message: String) {
        self.reference = reference
        self.code = code
        self.message = message
    }
}
