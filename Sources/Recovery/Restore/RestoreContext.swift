public import DynamoDB
public import Sites
public import Snapshots
public import Timestamps
public import Vault

/// What a restore works with, the world outside included.
public struct RestoreContext: Sendable {
    /// Must know the site and its replicas.
    public var catalog: StateCatalog
    public var site: Site
    /// For a site with a lock table.
    public var dynamoDB: DynamoDBClient?
    /// Where what is there now is kept.
    public var vault: BackupVault?
    /// The sites that the configuration says this one is replicated to.
    public var replicas: [Site]
    /// The site whose version comes, when it is another than the one that is written to. The catalog must know it.
    public var origin: Site?
    /// Whether planning may write and remove a scratch object to learn what the server makes of conditions.
    public var mayProbe = true
    /// What is known of the server's conditions; nil when that is still to be found out.
    public var guarding: WriteGuarding?
    /// The names of the sites that the configuration says this one is replicated from.
    public var origins: Set<String> = []
    /// The program's version, for the lock and the snapshot.
    public var version: String
    /// `user@host`, for the lock.
    public var who: String
    public var process: ProcessIdentity
    public var now: @Sendable () -> Timestamp
    /// A new UUID.
    public var newID: @Sendable () -> String
    /// Called at every step boundary, in order.
    public var reached: @Sendable (RestoreStep) -> Void

    public init(
        catalog: StateCatalog, site: Site, dynamoDB: DynamoDBClient?, vault: BackupVault?, replicas: [Site] = [], version: String, who: String, process: ProcessIdentity,
        now: @escaping @Sendable () -> Timestamp, newID: @escaping @Sendable () -> String, reached: @escaping @Sendable (RestoreStep) -> Void = { _ in }
    ) {
        self.catalog = catalog
        self.site = site
        self.dynamoDB = dynamoDB
        self.vault = vault
        self.replicas = replicas
        self.version = version
        self.who = who
        self.process = process
        self.now = now
        self.newID = newID
        self.reached = reached
    }
}

extension RestoreContext {
    /// Whether the configuration says that the site is replicated from another.
    func isReplica(of other: Site) -> Bool { origins.contains(other.name) }
}

/// What a restore is allowed to do.
public struct RestorePermissions: Sendable, Hashable {
    /// `--allow-lineage-change`.
    public var lineageChange: Bool
    /// `--allow-older`: adopt a file that is older than what is there.
    public var older: Bool
    /// `--break-lock`: the whole ID of a lock that is taken from whoever holds it.
    public var brokenLock: String?

    public init(lineageChange: Bool = false, older: Bool = false, brokenLock: String? = nil) {
        self.lineageChange = lineageChange
        self.older = older
        self.brokenLock = brokenLock
    }
}
