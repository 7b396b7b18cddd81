import Reports
import S3
import Sites
import Snapshots
import Vault

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
        case let error as VaultError: self.init(error)
        case let error as StorageError: self.init(VaultError.storage(error))
        case let error as S3Error: self.init(error)
        case let error as StateCatalogError: self.init(error)
        case let error as SiteConnectionError: self.init(.failure, error.site, error.reason, hint: error.hint ?? "")
        default: self = Complaint(recovery: error) ?? Complaint(.failure, "", OneLine.of(String(describing: error)), hint: "")
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

    private init(_ error: S3Error) {
        var message = "\(error.operation): \(error.code)"
        if let status = error.status { message += " (HTTP \(status))" }
        if !error.message.isEmpty { message += ": \(OneLine.of(error.message))" }
        if error.attempts > 1 { message += " (after \(error.attempts) attempts)" }
        if let id = error.requestID { message += " [request id \(id)]" }
        self.init(.failure, error.place, message, hint: error.hint ?? "")
    }

    private init(_ error: StateCatalogError) {
        switch error {
        case .noVault(let reference):
            self.init(.noVault, reference, "There is no vault to read from.", hint: "Name one in vault.location, or run tfguard snapshot first.")
        case .file(let path, let reason): self.init(.failure, path, reason, hint: "")
        case .damagedVaultCopy(let reference, let detail):
            self.init(.failure, reference, detail, hint: "tfguard vault check --read-data says what else is touched.")
        }
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
