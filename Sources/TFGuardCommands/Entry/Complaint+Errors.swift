import Reports
import Sites

extension Complaint {
    /// What an error of any module means to the user.
    init(_ error: any Error) {
        switch error {
        case let complaint as Complaint: self = complaint
        case is CancellationError:
            self.init(.interrupted, "", "Interrupted.", hint: "What was stored is kept; the next run goes on from there.")
        case let error as ConfigurationError: self.init(error)
        case let error as ReferenceError: self.init(error)
        case let error as UnsupportedFormat: self.init(.usage, "--format", error.description, hint: "")
        case let error as UsageProblem: self.init(.usage, error.subject, error.message, hint: error.hint)
        case let error as FileError: self.init(.failure, error.path, error.description, hint: error.hint)
        case let error as BackendDiscoveryError: self.init(error)
        default: self.init(.failure, "", String(describing: error), hint: "")
        }
    }

    private init(_ error: ConfigurationError) {
        let problems = error.problems.map { problem in
            let place = [error.file, problem.line.map(String.init), problem.column.map(String.init)].compactMap(\.self)
            return Problem(
                reference: place.joined(separator: ":"),
                message: problem.key.isEmpty ? problem.message : "\(problem.key): \(problem.message)", hint: problem.hint ?? "")
        }
        self.init(.usage, problems: problems)
    }

    private init(_ error: BackendDiscoveryError) {
        let parts = error.description.split(separator: ": ", maxSplits: 1).map(String.init)
        let rest = (parts.last ?? "").split(separator: "; ", maxSplits: 1).map(String.init)
        self.init(.failure, parts.first ?? "", rest.first ?? "", hint: rest.count > 1 ? rest[1] : "")
    }

    private init(_ error: ReferenceError) {
        let status: ExitStatus
        switch error.reason {
        case .empty, .emptyKey, .unknownSite, .malformedVersion, .shortVersionID: status = .usage
        default: status = .failure
        }
        self.init(status, error.reference, error.message, hint: error.hint ?? "")
    }
}
