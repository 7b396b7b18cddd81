public import DynamoDB
public import Replication
public import Snapshots
public import Timestamps
public import Vault
internal import Sites

/// What a failover and a failback work with, the world outside included.
public struct FailoverContext: Sendable {
    /// One of the two sites.
    public struct Side: Sendable {
        /// Its site is nil when no connection could even be prepared.
        public var side: VerifySide
        /// For a site with a lock table.
        public var dynamoDB: DynamoDBClient?

        public init(_ side: VerifySide, dynamoDB: DynamoDBClient?) {
            (self.side, self.dynamoDB) = (side, dynamoDB)
        }

        var name: String { side.settings.name }
    }

    public var primary: Side
    public var dr: Side
    /// Knows every site that can be connected.
    public var catalog: StateCatalog
    public var vault: BackupVault?
    /// The program's version, for locks and fences.
    public var version: String
    /// `user@host`.
    public var who: String
    public var process: ProcessIdentity
    public var now: @Sendable () -> Timestamp
    /// A new UUID.
    public var newID: @Sendable () -> String
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Called at every step boundary.
    public var reached: @Sendable (FailoverStep) -> Void
    /// Called at the boundaries of the restores that are part of it.
    public var restoreReached: @Sendable (RestoreStep) -> Void

    public init(
        primary: Side, dr: Side, catalog: StateCatalog, vault: BackupVault?, version: String, who: String, process: ProcessIdentity,
        now: @escaping @Sendable () -> Timestamp, newID: @escaping @Sendable () -> String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        reached: @escaping @Sendable (FailoverStep) -> Void = { _ in }, restoreReached: @escaping @Sendable (RestoreStep) -> Void = { _ in }
    ) {
        (self.primary, self.dr, self.catalog, self.vault) = (primary, dr, catalog, vault)
        (self.version, self.who, self.process) = (version, who, process)
        (self.now, self.newID, self.sleep) = (now, newID, sleep)
        (self.reached, self.restoreReached) = (reached, restoreReached)
    }
}
