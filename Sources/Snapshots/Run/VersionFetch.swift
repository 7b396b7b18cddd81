internal import Cryptography
internal import S3
internal import StateJSON
internal import Vault

/// Fetches one version, verified, and reads what it is.
struct VersionFetch: Sendable {
    struct Object: Sendable {
        let bytes: StateBytes
        let sha256: SHA256Digest
        let content: StateContent
    }

    enum Result: Sendable {
        case fetched(Object)
        case failed(S3Error)
        /// The site was given up before its turn came.
        case notAttempted
    }

    let bucket: S3Bucket
    let key: String
    let version: ListedVersion
    let options: SnapshotOptions
    let budget: TransferBudget
    let health: SiteHealth

    /// Begins with a slot and bytes of the budget taken; gives the slot back, and leaves the bytes to whoever stores.
    /// - Throws: `CancellationError`, and then everything is given back.
    func run() async throws -> Result {
        do {
            let result = try await attempt()
            budget.releaseSlot()
            return result
        } catch {
            budget.release(bytes: version.size)
            throw error
        }
    }

    private func attempt() async throws -> Result {
        for delay in options.patience.map(Optional.some) + [nil] {
            try Task.checkCancellation()
            if health.fatal != nil { return .notAttempted }
            do {
                let object = try await bucket.getObject(
                    key: key, versionID: version.versionID, expecting: version.expectation, into: StateBytes.Builder.self)
                health.succeeded()
                return .fetched(Object(bytes: object.bytes, sha256: object.sha256, content: StateContent(object.bytes)))
            } catch let error as S3Error {
                guard let delay, Self.mayPass(error) else {
                    health.failed(error)
                    return .failed(error)
                }
                try await options.sleep(delay)
            }
        }
        return .notAttempted
    }

    /// Whether waiting may help: the server was busy or out of reach.
    private static func mayPass(_ error: S3Error) -> Bool {
        switch error.kind {
        case .throttled, .serverFault, .transport: true
        default: false
        }
    }
}
