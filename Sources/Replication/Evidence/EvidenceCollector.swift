internal import Cryptography
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON
internal import Vault

/// Asks where the listings leave a question: the status of versions without a counterpart, and the content of pairs whose
/// ETags differ.
///
/// The ETag is no checksum of the content when a KMS key or a key of the customer encrypts it
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html), and a replica may be encrypted otherwise than its
/// source: checksums that S3 keeps decide, and where there are none on both sides, the bytes do.
struct EvidenceCollector: Sendable {
    let source: Site?
    let replica: Site?
    let vault: BackupVault?
    let sourceName: String
    let options: VerifyOptions
    private let sourceDenials = Denials()
    private let replicaDenials = Denials()

    init(source: Site?, replica: Site?, vault: BackupVault?, sourceName: String, options: VerifyOptions) {
        (self.source, self.replica, self.vault) = (source, replica, vault)
        (self.sourceName, self.options) = (sourceName, options)
    }

    /// What came out beside the answers.
    struct Report: Sendable {
        var problems: [VerifyProblem] = []
        /// Questions that were not asked because there were too many.
        var unaskedStatuses = 0
        var uncomparedPairs = 0
        var statusesSeen = 0
    }

    private enum Question: Sendable {
        case sourceStatus(state: Int, place: Int, S3ObjectVersion)
        case replicaStatus(state: Int, place: Int, S3ObjectVersion)
        case content(state: Int, place: Int, S3ObjectVersion, S3ObjectVersion)
    }

    private enum Answer: Sendable {
        case sourceStatus(state: Int, place: Int, OpenState.StatusAnswer)
        case replicaStatus(state: Int, place: Int, OpenState.StatusAnswer)
        case content(state: Int, place: Int, OpenState.Resolution)
    }

    func collect(_ states: inout [OpenState]) async throws -> Report {
        var report = Report()
        let questions = questions(about: states, &report)
        try await forEachBounded(questions, limit: options.parallel) { try await ask($0) } take: { answer in
            switch answer {
            case .sourceStatus(let state, let place, let status):
                states[state].sourceStatus[place] = status
                if case .told = status { report.statusesSeen += 1 }
            case .replicaStatus(let state, let place, let status):
                states[state].replicaStatus[place] = status
                if case .told = status { report.statusesSeen += 1 }
            case .content(let state, let place, let resolution):
                states[state].resolved[place] = resolution
            }
        }
        if let problem = sourceDenials.problem(sourceName) { report.problems.append(problem) }
        if let replica, let problem = replicaDenials.problem(replica.name) { report.problems.append(problem) }
        return report
    }

    private func questions(about states: [OpenState], _ report: inout Report) -> [Question] {
        var questions: [Question] = []
        var statuses = 0
        var comparisons = 0
        func mayAskStatus() -> Bool {
            statuses += 1
            if statuses > options.statusRequests { report.unaskedStatuses += 1 }
            return statuses <= options.statusRequests
        }
        for (index, state) in states.enumerated() {
            // HEAD of a delete marker is refused (405): the listing says all there is.
            if source != nil {
                for place in state.pairing.sourceOnly where !state.source[place].isDeleteMarker && mayAskStatus() {
                    questions.append(.sourceStatus(state: index, place: place, state.source[place]))
                }
            }
            if replica != nil {
                for place in state.pairing.replicaOnly where !state.replica[place].isDeleteMarker && mayAskStatus() {
                    questions.append(.replicaStatus(state: index, place: place, state.replica[place]))
                }
            }
            for pair in state.pairing.pairs where !state.source[pair.source].isDeleteMarker {
                guard pair.agreement == .doubtful || (options.comparesBytes && pair.agreement == .same) else { continue }
                comparisons += 1
                guard options.comparesBytes || comparisons <= options.comparisons else {
                    report.uncomparedPairs += 1
                    continue
                }
                questions.append(.content(state: index, place: pair.source, state.source[pair.source], state.replica[pair.replica]))
            }
        }
        return questions
    }

    private func ask(_ question: Question) async throws -> Answer {
        try Task.checkCancellation()
        switch question {
        case .sourceStatus(let state, let place, let version):
            return .sourceStatus(state: state, place: place, try await status(of: version, on: source, sourceDenials))
        case .replicaStatus(let state, let place, let version):
            return .replicaStatus(state: state, place: place, try await status(of: version, on: replica, replicaDenials))
        case .content(let state, let place, let ours, let theirs):
            return .content(state: state, place: place, try await compare(ours, theirs))
        }
    }

    private func status(of version: S3ObjectVersion, on site: Site?, _ denials: Denials) async throws -> OpenState.StatusAnswer {
        guard let site, !denials.isHopeless else { return .unreadable }
        do {
            let head = try await site.bucket.headObject(key: version.key, versionID: version.versionID)
            denials.succeeded()
            return head.replicationStatus.map { .told($0) } ?? .none
        } catch let error as S3Error {
            denials.failed(error)
            return .unreadable
        }
    }

    private func compare(_ ours: S3ObjectVersion, _ theirs: S3ObjectVersion) async throws -> OpenState.Resolution {
        if !options.comparesBytes, let source, let replica {
            do {
                let left = try await source.bucket.headObject(key: ours.key, versionID: ours.versionID)
                let right = try await replica.bucket.headObject(key: theirs.key, versionID: theirs.versionID)
                for checksum in left.checksums {
                    if let other = right.checksums.first(where: { $0.algorithm == checksum.algorithm }) { return checksum == other ? .same : .different }
                }
            } catch is S3Error {
                // The bytes may still be readable.
            }
        }
        guard let left = try await digest(of: ours, on: source, sourceDenials, isSource: true), let right = try await digest(of: theirs, on: replica, replicaDenials, isSource: false)
        else { return .open }
        return left == right ? .same : .different
    }

    private func digest(of version: S3ObjectVersion, on site: Site?, _ denials: Denials, isSource: Bool) async throws -> SHA256Digest? {
        if isSource, let known = try? await vault?.history(of: StateID(site: sourceName, key: version.key))?.version(matching: ListedVersion(version))?.sha256 { return known }
        guard let site, !denials.isHopeless else { return nil }
        do {
            let object = try await site.bucket.getObject(
                key: version.key, versionID: version.versionID, expecting: S3Expectation(size: version.size), into: StateBytes.Builder.self)
            denials.succeeded()
            return object.sha256
        } catch let error as S3Error {
            denials.failed(error)
            return nil
        }
    }
}

extension ListedVersion {
    init(_ version: S3ObjectVersion) {
        self.init(
            versionID: version.versionID, isLatest: version.isLatest, isDeleteMarker: version.isDeleteMarker, lastModified: version.lastModified,
            etag: version.etag, size: version.size, storageClass: version.storageClass)
    }
}
