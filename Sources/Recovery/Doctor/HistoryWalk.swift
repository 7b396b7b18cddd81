internal import TerraformState
internal import Cryptography
internal import Findings
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON

/// The newest part of a history, read and judged oldest first; two versions are in memory at a time.
struct HistoryWalk: Sendable {
    /// The newest version that is no delete marker, when it is the first of the history.
    struct Current: Sendable {
        var diagnosis: Diagnosis
        /// Nil when the bytes could not be had.
        var content: ExaminedContent?
    }

    private(set) var current: Current?
    private(set) var lastGood: VersionEntry?
    /// The version whose MD5 was looked for.
    private(set) var digestOwner: VersionEntry?
    private(set) var failures: [StateExamination.Failure] = []
    /// Those of ``failures`` that are newer than the last good version: one of them may be the last good one.
    private(set) var doubts: [StateExamination.Failure] = []
    /// How many existing objects the newest readable version holds.
    private(set) var existing = 0

    /// The newest version without suspicion; nil when there is none.
    ///
    /// - Throws: ``RestoreError/doubtful(reference:version:reason:)`` when a newer version could not be read: it may be the one.
    func soundest(reference: String) throws(RestoreError) -> VersionEntry? {
        if let doubt = doubts.last { throw .doubtful(reference: reference, version: doubt.reference, reason: doubt.message) }
        return lastGood
    }

    /// Reads the newest part of a history, and more of it as long as no good version is in it.
    ///
    /// - Parameter digest: an MD5 in hexadecimal whose owner is wanted.
    init(_ list: VersionList, catalog: StateCatalog, bucket: S3Bucket?, policy: Diagnosis.Policy, digest: String?) async throws {
        var window = HistoryWindow(list.entries, policy: policy)
        while true {
            try await walk(list, window, catalog, bucket, policy, digest)
            if lastGood != nil || window.length >= list.entries.count { break }
            window = HistoryWindow(length: min(window.length * 2, list.entries.count))
        }
    }

    private mutating func walk(
        _ list: VersionList, _ window: HistoryWindow, _ catalog: StateCatalog, _ bucket: S3Bucket?, _ policy: Diagnosis.Policy, _ digest: String?
    ) async throws {
        (current, lastGood, digestOwner, failures, doubts, existing) = (nil, nil, nil, [], [], 0)
        var judgement = HistoryJudgement(policy: policy)
        let part = list.entries.prefix(window.length)
        for (index, listed) in zip(part.indices, part).reversed() where !listed.isDeleteMarker {
            try Task.checkCancellation()
            var entry = listed
            let isCurrent = index == list.entries.startIndex
            do {
                let content = try await Self.content(of: entry, list, catalog, isCurrent ? bucket : nil)
                let diagnosis = judgement.judge(content, written: entry.lastModified)
                if let generation = content.generation { (entry.serial, entry.lineage) = (generation.serial, generation.lineage) }
                if diagnosis.isGood { (lastGood, doubts) = (entry, []) }
                if content.state != nil, diagnosis.verdict == .ok || !content.objects.isEmpty { existing = content.objects.count }
                if let digest, Hex.encode(content.bytes.withUnsafeBytes { MD5.hash($0) }) == digest { digestOwner = entry }
                if isCurrent { current = Current(diagnosis: diagnosis, content: content) }
            } catch let error as S3Error {
                note(error, entry, list, isCurrent: isCurrent)
            }
        }
        if let digest, digestOwner == nil { digestOwner = list.entries.first { $0.etag == digest } }
    }

    /// The current version is judged by what S3 gives out, as Terraform would read it; older ones may come from the vault.
    private static func content(of entry: VersionEntry, _ list: VersionList, _ catalog: StateCatalog, _ bucket: S3Bucket?) async throws -> ExaminedContent {
        if let bucket, entry.isListed, list.origins.contains(.s3) {
            let object = try await bucket.getObject(
                key: list.key, versionID: entry.versionID, expecting: S3Expectation(size: entry.size, etag: entry.etag), into: StateBytes.Builder.self)
            return ExaminedContent(object.bytes, sha256: object.sha256)
        }
        let blob = try await catalog.read(entry, of: list)
        return ExaminedContent(blob.bytes, sha256: blob.sha256)
    }

    private mutating func note(_ error: S3Error, _ entry: VersionEntry, _ list: VersionList, isCurrent: Bool) {
        if error.kind == .damagedBody {
            let symptom = Symptom(
                ruleID: "checksum.mismatch", severity: .critical,
                message: "S3 gives out other bytes than it was given: \(error.message)", remedy: "tfguard restore \(list.reference) --to last-good puts good bytes in front of them")
            if isCurrent { current = Current(diagnosis: Diagnosis(verdict: .checksum, symptom: symptom)) }
            return
        }
        let failure = StateExamination.Failure(reference: "\(list.reference)@id=\(entry.versionID)", message: "\(error.code): \(error.message)", hint: error.hint ?? "")
        failures.append(failure)
        doubts.append(failure)
        guard isCurrent else { return }
        current = Current(
            diagnosis: Diagnosis(
                verdict: .missing,
                symptom: Symptom(ruleID: "version.unreadable", severity: .high, message: "the current version could not be fetched: \(error.code)", remedy: error.hint)))
    }
}
