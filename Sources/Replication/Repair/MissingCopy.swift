internal import Cryptography
internal import S3
public import Sites

/// Copies current versions that the DR side lacks, one state at a time, by reading here and writing there.
///
/// The copy is a new version with an id and a time of its own: S3 alone can make replicas that keep theirs. Nothing is
/// overwritten that is not the DR side's current version of this moment, and never where the two sides have parted.
public struct MissingCopy: Sendable {
    let source: Site
    let replica: Site

    public init(from source: Site, to replica: Site) {
        (self.source, self.replica) = (source, replica)
    }

    /// What is to be done, or was done, about one state.
    public struct Step: Sendable {
        public enum Outcome: Sendable {
            /// Nothing was written: a dry run.
            case planned
            /// The id of the new version, where the server tells.
            case copied(versionID: String?)
            /// Why it was left alone.
            case skipped(String)
            case failed(VerifyProblem)
        }

        public var key: String
        /// The version on the primary side.
        public var versionID: String
        public var size: Int64
        public var outcome: Outcome
    }

    /// Works through the states whose current version is missing.
    /// - Parameter isDryRun: says what would be done, and writes nothing.
    /// - Throws: `CancellationError`.
    public func run(_ states: [StateLedger], isDryRun: Bool) async throws -> [Step] {
        var steps: [Step] = []
        for state in states {
            guard let newest = state.missing.first, newest.version.isLatest else { continue }
            try Task.checkCancellation()
            var step = Step(key: state.key, versionID: newest.version.versionID, size: newest.version.size, outcome: .planned)
            if newest.version.isDeleteMarker {
                step.outcome = .skipped("the current version is a delete marker: deletions are not copied")
            } else if state.isOvergrown {
                step.outcome = .skipped("\(replica.name) has a current version of its own: decide first which side is right")
            } else if !isDryRun {
                step.outcome = try await copy(newest.version)
            }
            steps.append(step)
        }
        return steps
    }

    private func copy(_ version: S3ObjectVersion) async throws -> Step.Outcome {
        do {
            let object = try await source.bucket.getObject(key: version.key, versionID: version.versionID, expecting: version.expectation, into: ByteArrayCollector.self)
            let condition: S3Conditions
            do {
                let current = try await replica.bucket.headObject(key: version.key)
                condition = S3Conditions(ifMatch: current.etag)
            } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker || error.kind == .notConfigured || error.status == 404 {
                condition = .absent
            }
            let settings = replica.settings.encryption
            var attributes = S3ObjectAttributes(contentType: object.head.contentType, metadata: object.head.metadata)
            if settings.kmsKeyID != nil { attributes.encryption = .kms(keyID: settings.kmsKeyID) } else if settings.encrypt { attributes.encryption = .s3 }
            let written = try await replica.bucket.putObject(key: version.key, object.bytes, conditions: condition, attributes: attributes)
            // What counts is what the DR side gives back.
            let check = try await replica.bucket.getObject(key: version.key, versionID: written.versionID, expecting: S3Expectation(size: version.size), into: ByteArrayCollector.self)
            guard check.sha256 == object.sha256 else {
                return .failed(VerifyProblem(reference: "\(replica.name):\(version.key)", message: "the copy that was written reads back as other bytes", hint: "do not trust it; check the server"))
            }
            return .copied(versionID: written.versionID)
        } catch let error as S3Error {
            return .failed(VerifyProblem(error, reference: "\(replica.name):\(version.key)", doing: "the copy was not made"))
        }
    }
}
