internal import Cryptography
internal import Timestamps
internal import S3
internal import Sites
internal import Snapshots

extension StateRestore {
    /// Waits until the replica has what was restored.
    ///
    /// What S3 says of the version counts first; where it says nothing, the replica's own bytes do.
    /// - Parameters:
    ///   - limit: the longest wait.
    ///   - sleep: waits between two looks.
    /// - Returns: true when it is there, false when not within the limit, nil when nothing tells: no replication is set up.
    public func awaitReplication(
        of result: RestoreResult, _ plan: RestorePlan, limit: Duration, sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws -> Bool? {
        let start = context.now()
        while true {
            let state = try await replicationState(of: result, plan)
            if state != false || context.now() - start >= limit { return state }
            try await sleep(.seconds(1))
        }
    }

    private func replicationState(of result: RestoreResult, _ plan: RestorePlan) async throws -> Bool? {
        do {
            switch try await context.site.bucket.headObject(key: plan.key, versionID: result.versionID).replicationStatus {
            case .completed: return true
            case .pending, .failed: return false
            case .replica, .other, nil: break
            }
            guard let replica = context.replicas.first else { return nil }
            return try await replica.bucket.getObject(key: plan.key, versionID: nil).sha256.hex == result.sha256
        } catch is S3Error {
            return false
        }
    }
}
