internal import S3

/// Finds out whether a server honours conditional writes, with a scratch object beside the state that is removed again.
///
/// AWS does and is not asked. Among the others there are some that let every condition pass, and some that refuse even
/// conditions that hold.
struct ConditionProbe {
    let bucket: S3Bucket
    let key: String

    init(bucket: S3Bucket, stateKey: String) {
        self.bucket = bucket
        key = stateKey + ".tfguard-probe"
    }

    /// - Returns: ``WriteGuarding/unknown`` when the scratch object cannot be written.
    func run() async -> WriteGuarding {
        var versions: [String?] = []
        let outcome: WriteGuarding
        do {
            outcome = try await probe(&versions)
        } catch {
            outcome = .unknown
        }
        await remove(versions)
        return outcome
    }

    private func probe(_ versions: inout [String?]) async throws -> WriteGuarding {
        let first = try await bucket.putObject(key: key, Array("tfguard asks whether this server honours conditions".utf8))
        versions.append(first.versionID)
        let wrong = String(first.etag.map { $0 == "0" ? "1" : "0" })
        for conditions in [S3Conditions.absent, S3Conditions(ifMatch: wrong)] {
            if let passed = try await put(under: conditions) {
                versions.append(passed.versionID)
                return .ignored
            }
        }
        guard let right = try await put(under: S3Conditions(ifMatch: first.etag)) else { return .unusable }
        versions.append(right.versionID)
        return .honoured
    }

    /// Nil when the server refuses.
    private func put(under conditions: S3Conditions) async throws -> PutOutcome? {
        do {
            return try await bucket.putObject(key: key, Array("refuse this unless it is to be".utf8), conditions: conditions)
        } catch let error as S3Error where [.preconditionFailed, .conflict, .notSupported].contains(error.kind) {
            return nil
        }
    }

    /// Version by version, so that nothing is left. What may not be removed is left: it is no state, and harms nobody.
    private func remove(_ versions: [String?]) async {
        for version in versions { _ = try? await bucket.deleteObject(key: key, versionID: version == "null" ? nil : version) }
    }
}
