internal import S3
internal import Sites

/// Looks into objects whose name does not tell whether they are states: the first kilobyte of the newest version, and of the
/// oldest when that is no state (a state that was overwritten by something else is still one).
struct ObjectExaminer: Sendable {
    let bucket: S3Bucket
    let budget: TransferBudget

    enum Verdict: Sendable {
        case state
        case ignored(IgnoredReason)
        /// Could not be read.
        case unknown(S3Error)
    }

    func judge(_ key: KeyVersions) async throws -> Verdict {
        let readable = key.versions.filter { !$0.isDeleteMarker && $0.size >= ObjectCandidate.smallestState }
        guard let newest = readable.first, let oldest = readable.last else { return .ignored(.tooSmall) }
        let first = try await judge(newest)
        if case .state = first { return first }
        guard oldest.versionID != newest.versionID, case .state = try await judge(oldest) else { return first }
        return .state
    }

    /// Judges one version by its head.
    func judge(_ version: S3ObjectVersion) async throws -> Verdict {
        let length = Int64(ContentSniffer.headLength)
        try await budget.acquire(bytes: length)
        defer { budget.release(bytes: length) }
        do {
            let head = try await bucket.getObject(
                key: version.key, versionID: version.versionID, range: .bytes(0..<min(length, max(1, version.size))))
            switch ContentSniffer.judge(head.bytes) {
            case .state: return .state
            case .ignored(let reason): return .ignored(reason)
            }
        } catch let error as S3Error {
            return .unknown(error)
        }
    }
}
