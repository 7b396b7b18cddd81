/// What a vault holds and what it takes.
public struct VaultStatistics: Sendable, Hashable {
    /// One state's share.
    public struct State: Sendable, Hashable {
        public var state: StateID
        /// Versions known, delete markers included.
        public var versions: Int
        /// Versions whose bytes are in the vault.
        public var storedVersions: Int
        /// Bytes of all stored versions as they were in S3.
        public var originalBytes: Int64
        /// Bytes in data packs that this state needs and no state before it (in order of site and key) did.
        public var storedBytes: Int64
    }

    public var snapshots = 0
    public var states: [State] = []
    /// Different files among the stored versions.
    public var contents = 0
    /// Bytes of all stored versions as they were in S3.
    public var originalBytes: Int64 = 0
    public var dataPacks = 0
    public var dataBytes: Int64 = 0
    public var metadataPacks = 0
    public var metadataBytes: Int64 = 0
    /// Records, witnesses, journals, the header.
    public var recordBytes: Int64 = 0
    /// Bytes in data packs that no known version needs: leftovers of unfinished runs, and pieces that only serve to
    /// compress others.
    public var unusedBytes: Int64 = 0

    public var totalBytes: Int64 { dataBytes + metadataBytes + recordBytes }
    public var versions: Int { states.reduce(0) { $0 + $1.versions } }
    public var storedVersions: Int { states.reduce(0) { $0 + $1.storedVersions } }

    /// Original bytes for each byte stored; nil in an empty vault.
    public var ratio: Double? {
        totalBytes > 0 && originalBytes > 0 ? Double(originalBytes) / Double(totalBytes) : nil
    }
}
