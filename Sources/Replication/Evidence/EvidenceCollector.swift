internal import S3
internal import Sites

/// Asks where the listings leave a question: the status of versions without a counterpart, and the content of pairs whose
/// ETags differ.
struct EvidenceCollector: Sendable {
    let comparison: ContentComparison
    let sourceName: String
    let options: VerifyOptions
    private var source: Site? { comparison.source }
    private var replica: Site? { comparison.replica }

    init(_ comparison: ContentComparison, sourceName: String, options: VerifyOptions) {
        (self.comparison, self.sourceName, self.options) = (comparison, sourceName, options)
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

    func collect(_ states: inout [OpenState], progress: VerifyProgress.Listener) async throws -> Report {
        var report = Report()
        let questions = questions(about: states, &report)
        var answered = 0
        try await forEachBounded(questions, limit: options.parallel) { try await ask($0) } take: { answer in
            answered += 1
            progress(VerifyProgress(.asking, states: states.count, done: answered, total: questions.count))
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
        if let problem = comparison.sourceDenials.problem(sourceName) { report.problems.append(problem) }
        if let replica, let problem = comparison.replicaDenials.problem(replica.name) { report.problems.append(problem) }
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
                guard pair.agreement == .doubtful || (options.comparesBytes && pair.agreement == .same), state.resolved[pair.source] == nil else { continue }
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
            return .sourceStatus(state: state, place: place, try await status(of: version, on: source, comparison.sourceDenials))
        case .replicaStatus(let state, let place, let version):
            return .replicaStatus(state: state, place: place, try await status(of: version, on: replica, comparison.replicaDenials))
        case .content(let state, let place, let ours, let theirs):
            return .content(state: state, place: place, try await comparison.compare(ours, theirs))
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
}
