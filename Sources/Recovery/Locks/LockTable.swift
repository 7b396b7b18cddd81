public import DynamoDB

/// A state's items in Terraform's DynamoDB table: the lock and the digest.
///
/// Lock: `LockID` = `BUCKET/KEY`, `Info` = the lock info's JSON. Digest: `LockID` = `BUCKET/KEY-md5`, `Digest` = the MD5 of
/// the state's bytes in lower-case hexadecimal. (hashicorp/terraform, internal/backend/remote-state/s3/client.go)
public struct LockTable: Sendable {
    let client: DynamoDBClient
    let table: String
    /// `BUCKET/KEY`.
    let path: String

    public init(client: DynamoDBClient, table: String, bucket: String, stateKey: String) {
        self.client = client
        self.table = table
        path = "\(bucket)/\(stateKey)"
    }

    var place: String { "DynamoDB table \(table), LockID \(path)" }

    /// Who holds the lock now; nil when nobody does.
    public func holder() async throws -> LockHolder? {
        guard let item = try await client.item(["LockID": .string(path)], in: table) else { return nil }
        let info = item["Info"]?.string.flatMap { LockInfo(json: Array($0.utf8)) }
        return LockHolder(half: .table, place: place, info: info, stored: nil)
    }

    /// Takes the lock.
    ///
    /// - Throws: ``LockError/held(_:)``; `DynamoDBError`.
    func acquire(_ info: LockInfo) async throws {
        do {
            let item: [String: AttributeValue] = ["LockID": .string(path), "Info": .string(String(decoding: info.json, as: UTF8.self))]
            try await client.put(item, in: table, condition: .absent("LockID"))
        } catch let error as DynamoDBError where error.kind == .conditionFailed {
            guard let holder = try await holder() else { throw error }
            // The answer to our own write may have been lost on the way.
            if holder.info?.id != info.id { throw LockError.held(holder) }
        }
    }

    /// Removes the lock with this ID, and no other.
    ///
    /// - Throws: ``LockError/notOurs(expected:found:)``, ``LockError/vanished(place:id:)``; `DynamoDBError`.
    func release(_ id: String) async throws {
        guard let item = try await client.item(["LockID": .string(path)], in: table) else { throw LockError.vanished(place: place, id: id) }
        let text = item["Info"]?.string ?? ""
        let info = LockInfo(json: Array(text.utf8))
        guard info?.id == id else { throw LockError.notOurs(expected: id, found: LockHolder(half: .table, place: place, info: info, stored: nil)) }
        do {
            try await client.delete(["LockID": .string(path)], in: table, condition: .equal("Info", .string(text)))
        } catch let error as DynamoDBError where error.kind == .conditionFailed {
            // The answer to the deletion was lost, and the second one found nothing of ours any more.
            if try await holder()?.info?.id == id { throw error }
        }
    }

    /// Removes whatever is there: for a lock whose content cannot be read, which no ID can name.
    func removeUnreadable() async throws {
        try await client.delete(["LockID": .string(path)], in: table)
    }

    /// The digest that Terraform compares the state with; nil when there is none, which Terraform accepts in silence.
    public func digest() async throws -> String? {
        try await client.item(["LockID": .string(path + "-md5")], in: table)?["Digest"]?.string
    }

    /// Writes the digest and reads it back.
    func setDigest(_ digest: String) async throws {
        try await client.put(["LockID": .string(path + "-md5"), "Digest": .string(digest)], in: table)
        let stored = try await self.digest()
        guard stored == digest else { throw DigestError.notStored(place: place, wanted: digest, found: stored) }
    }

    /// Removes the digest: for a state that is no more.
    func removeDigest() async throws {
        try await client.delete(["LockID": .string(path + "-md5")], in: table)
    }
}

/// The digest item did not take the value that was written.
public enum DigestError: Error, Sendable, CustomStringConvertible {
    case notStored(place: String, wanted: String, found: String?)

    public var description: String {
        switch self {
        case .notStored(let place, let wanted, let found):
            "\(place)-md5: the digest \(wanted) was written but \(found ?? "nothing") was read back: Terraform will refuse the state until the item is right"
        }
    }
}
