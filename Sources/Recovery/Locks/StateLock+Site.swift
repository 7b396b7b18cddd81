public import DynamoDB
public import Sites
internal import S3

extension StateLock {
    /// The locks that a site's settings name for one of its states. Without any setting the lock file is meant: it harms
    /// nobody who does not look at it.
    ///
    /// - Parameters:
    ///   - dynamoDB: needed when the site names a table.
    ///   - looksEverywhere: the lock file also where the settings do not name it: for looking, not for taking.
    public init(of key: String, at site: Site, dynamoDB: DynamoDBClient?, looksEverywhere: Bool = false) {
        let settings = site.settings.lock
        let usesFile = settings.useLockfile ?? (settings.dynamodbTable == nil)
        let file = usesFile || looksEverywhere ? LockFile(bucket: site.bucket, stateKey: key, encryption: S3WriteEncryption(site.settings.encryption)) : nil
        var table: LockTable?
        if let name = settings.dynamodbTable, let dynamoDB {
            table = LockTable(client: dynamoDB, table: name, bucket: site.settings.bucket, stateKey: key)
        }
        self.init(file: file, table: table)
    }

    /// What is locked with, for people.
    public var mechanisms: [String] { [file?.place, table?.place].compactMap { $0 } }

    /// Releases the halves that a run of tfguard left behind whose process is known to have ended.
    ///
    /// - Returns: what was released.
    public func releaseAbandoned() async throws -> [LockHolder] {
        var released: [LockHolder] = []
        for holder in try await holders() where holder.isAbandoned {
            guard let id = holder.info?.id else { continue }
            switch holder.half {
            case .file: try await file?.release(id)
            case .table: try await table?.release(id)
            }
            released.append(holder)
        }
        return released
    }
}

extension LockHolder {
    /// Whether a run of tfguard on this machine took the lock and is known to have ended without releasing it.
    public var isAbandoned: Bool {
        guard let info, info.isOurs, let process = ProcessIdentity(info.info) else { return false }
        return process.hasEnded
    }
}

extension S3WriteEncryption {
    /// What the site's settings ask for when something is written.
    init(_ settings: ObjectEncryptionSettings) {
        if settings.customerKey != nil {
            self = .customerKey
        } else if settings.encrypt {
            self = settings.kmsKeyID.map { .kms(keyID: $0) } ?? .s3
        } else {
            self = .bucketDefault
        }
    }
}
