internal import DynamoDB
internal import Sites

/// Reads the lock table of one side: the table itself, and the digests of the side's states.
struct LockTableReader: Sendable {
    let side: VerifySide
    let options: VerifyOptions

    /// What the table says; nil when the side has none.
    func read(_ currents: [CurrentVersion], progress: VerifyProgress.Listener) async throws -> LockTableFacts? {
        guard let table = side.settings.lock.dynamodbTable else { return nil }
        let region = side.settings.access.region ?? ""
        guard case .ready(let client) = side.services.dynamoDB else {
            guard case .unavailable(let reason) = side.services.dynamoDB else { return nil }
            return LockTableFacts(table: table, region: region, obstacle: reason, replicas: .unknown(reason))
        }
        var facts = LockTableFacts(table: table, region: client.region, replicas: .unknown(""))
        do {
            facts.replicas = .regions(try await client.describe(table).replicaRegions)
        } catch let error as DynamoDBError {
            facts.replicas = .unknown(Self.words(error))
        }
        guard let site = side.site else {
            facts.obstacle = "\(side.name) cannot be asked which versions are current"
            return facts
        }
        let wanted = currents.prefix(options.digestRequests)
        facts.unread = currents.count - wanted.count
        let reader = DigestReader(client: client, table: table, site: site)
        do {
            // A table that may not be read is asked once, not for every state.
            if let first = wanted.first { facts.digests.append(try await reader.read(first)) }
        } catch let error as DynamoDBError {
            facts.obstacle = Self.words(error)
            return facts
        }
        let rest = wanted.dropFirst()
        try await forEachBounded(rest, limit: options.parallel) { current in
            do {
                return try await reader.read(current)
            } catch let error as DynamoDBError {
                return DigestReading(key: current.key, verdict: .unverified(Self.words(error)))
            }
        } take: { reading in
            facts.digests.append(reading)
            progress(VerifyProgress(.digests, states: currents.count, done: facts.digests.count, total: wanted.count))
        }
        facts.digests.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return facts
    }

    private static func words(_ error: DynamoDBError) -> String {
        "\(error.operation): " + [error.code, error.message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
