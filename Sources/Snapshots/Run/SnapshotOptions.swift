public import Sites
public import Timestamps

/// What a snapshot run is to do, and how hard it may work.
public struct SnapshotOptions: Sendable {
    /// `--state`: only keys that match one of these; empty means all.
    public var states: [Glob]
    /// `--as-of`: the bucket as it was then. Versions that came later are not part of the snapshot.
    public var asOf: Timestamp?
    /// `--shard`: this run's part of the keys.
    public var shard: StateSelection.Shard?
    /// `--parallel`: requests in flight over all sites.
    public var parallel: Int
    /// Bytes between request and vault, over all sites. A single larger version passes alone.
    public var bytesInFlight: Int64
    /// Bytes of states being worked on that are kept to store the next version as a difference.
    public var residentBytes: Int64
    /// States of one site that are worked on at once.
    public var statesAtOnce: Int
    /// Objects of one site that are looked into because their name does not tell what they are.
    public var examinedObjects: Int
    /// Waits before a version that got no answer is tried again, after the S3 client's own retries.
    public var patience: [Duration]
    /// Replaced in tests.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Whether a run sees every key that its sites have now.
    var coversWholeSites: Bool { states.isEmpty && asOf == nil && shard == nil }

    public init(
        states: [Glob] = [], asOf: Timestamp? = nil, shard: StateSelection.Shard? = nil, parallel: Int = 32, bytesInFlight: Int64 = 12 << 20,
        residentBytes: Int64 = 64 << 20, statesAtOnce: Int = 16, examinedObjects: Int = 20_000,
        patience: [Duration] = [.seconds(1), .seconds(4), .seconds(10)],
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.states = states
        self.asOf = asOf
        self.shard = shard
        self.parallel = max(1, parallel)
        self.bytesInFlight = bytesInFlight
        self.residentBytes = residentBytes
        self.statesAtOnce = max(1, statesAtOnce)
        self.examinedObjects = examinedObjects
        self.patience = patience
        self.sleep = sleep
    }
}
