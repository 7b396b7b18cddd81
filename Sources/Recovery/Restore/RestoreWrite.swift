internal import Cryptography
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON

/// Everything that a restore does under the lock: keep, write, digest, proof.
struct RestoreWrite {
    let context: RestoreContext
    let plan: RestorePlan

    func run() async throws -> RestoreResult {
        try await checkUnchanged()
        var result = RestoreResult(
            versionID: plan.current?.versionID, serial: plan.newSerial, sha256: plan.newSHA256, abandonedLocks: [], failures: [], notes: [])
        if plan.action == .write {
            let kept = try await CurrentKeeping(context: context, plan: plan).keep()
            result.undo = kept.undo
            result.notes += kept.notes
            context.reached(.backedUp)
            if plan.guarding != .honoured { try await checkUnchanged() }
            try await put(&result)
            context.reached(.written)
        }
        if let digest = plan.digestAfter {
            try await writeDigest(digest, result.versionID)
            result.digestUpdated = true
            context.reached(.digestWritten)
        }
        try await prove(result)
        if plan.action == .write, plan.guarding != .honoured { try await checkPredecessor(&result) }
        context.reached(.proven)
        return result
    }

    /// Whether what is current is still what the plan was made from.
    private func checkUnchanged() async throws {
        let planned = plan.current.flatMap { $0.isDeleteMarker ? nil : $0 }
        var found: S3ObjectHead?
        do {
            found = try await context.site.bucket.headObject(key: plan.key)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {}
        let isSame = planned?.etag == found?.etag && (found?.versionID == nil || planned?.versionID == found?.versionID || planned?.versionID == "null")
        guard isSame else { throw changed(found?.versionID ?? found?.etag) }
    }

    private func changed(_ found: String?) -> RestoreError {
        let planned = plan.current.flatMap { $0.isDeleteMarker ? nil : $0.versionID }
        return .changedSincePlan(reference: plan.reference, planned: planned ?? "(none)", found: found ?? "(none)")
    }

    /// Writes the state. An error that leaves open whether it was written is settled by reading.
    private func put(_ result: inout RestoreResult) async throws {
        do {
            let outcome = try await context.site.bucket.putObject(
                key: plan.key, plan.bytes[0..<plan.bytes.count], conditions: plan.conditions, attributes: plan.attributes)
            result.versionID = outcome.versionID
            if outcome.certainty == .readBack { result.notes.append(Self.lostAnswer) }
        } catch {
            result.versionID = try await settle(after: error)
            result.notes.append(Self.lostAnswer)
        }
    }

    private static let lostAnswer = "the answer to the write was lost; reading back showed that it was done"

    /// - Returns: the version that was written after all.
    /// - Throws: the error itself when the state is as it was.
    private func settle(after error: any Error) async throws -> String? {
        let found: S3Object<[UInt8]>?
        do {
            found = try await context.site.bucket.getObject(key: plan.key, versionID: nil)
        } catch let second as S3Error where second.kind == .noSuchKey || second.kind == .deleteMarker {
            found = nil
        } catch let second {
            throw RestoreError.uncertain(reference: plan.reference, reason: "\(error); and reading it back failed: \(second)")
        }
        if let found, found.sha256.hex == plan.newSHA256 { return found.head.versionID }
        let planned = plan.current.flatMap { $0.isDeleteMarker ? nil : $0.etag }
        guard found?.head.etag == planned else { throw changed(found?.head.versionID ?? found?.head.etag) }
        throw error
    }

    private func writeDigest(_ digest: String, _ versionID: String?) async throws {
        let table = StateLock(of: plan.key, at: context.site, dynamoDB: context.dynamoDB).table
        do {
            try await table?.setDigest(digest)
        } catch {
            throw RestoreError.digestNotWritten(reference: plan.reference, versionID: versionID ?? "current", reason: "\(error)")
        }
    }

    /// Reads the current version back, as Terraform will.
    private func prove(_ result: RestoreResult) async throws {
        let object: S3Object<[UInt8]>
        do {
            object = try await context.site.bucket.getObject(key: plan.key, versionID: nil)
        } catch {
            guard plan.action == .write else { throw error }
            throw RestoreError.unproven(reference: plan.reference, versionID: result.versionID ?? "current", reason: "\(error)")
        }
        guard object.sha256.hex == result.sha256 else {
            throw RestoreError.notProven(reference: plan.reference, reason: "SHA-256 \(object.sha256.hex) instead of \(result.sha256)")
        }
        if let written = result.versionID, let found = object.head.versionID, written != found {
            throw RestoreError.notProven(reference: plan.reference, reason: "version \(found) is current, \(written) was written")
        }
    }

    /// Where no condition protected the write: whether somebody's version was covered unseen. S3 keeps it; a person must know.
    private func checkPredecessor(_ result: inout RestoreResult) async throws {
        guard let written = result.versionID, written != "null" else { return }
        let entries: [VersionEntry]
        do {
            entries = try await context.catalog.versions(of: SiteReference(site: plan.site, key: plan.key)).entries.filter(\.isListed)
        } catch {
            result.notes.append("the history could not be looked at after the write: \(error)")
            return
        }
        guard let index = entries.firstIndex(where: { $0.versionID == written }) else { return }
        let before = entries.dropFirst(index + 1).first
        guard before?.versionID != plan.current?.versionID, let before else { return }
        result.failures.append(
            "somebody wrote version \(before.versionID)\(before.serial.map { " (serial \($0))" } ?? "") between the look at the state and the write, and it was covered; it is kept as a version")
    }
}
