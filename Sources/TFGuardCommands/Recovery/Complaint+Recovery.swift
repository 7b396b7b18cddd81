import DynamoDB
import Recovery
import Reports

extension Complaint {
    /// What an error of recovery means to the user; nil when it is none.
    init?(recovery error: any Error) {
        switch error {
        case let error as LockError: self.init(error)
        case let error as RestoreError: self.init(.failure, error.reference, error.message, hint: error.hint ?? "")
        case let error as FailoverError: self.init(error)
        case let error as DrillError: self.init(.failure, error.subject, error.message, hint: "Name another place with --into.")
        case let error as DynamoDBError: self.init(.failure, "table \(error.table)", error.description, hint: error.hint ?? "")
        case let error as DigestError: self.init(.failure, "", error.description, hint: "")
        default: return nil
        }
    }

    private init(_ error: LockError) {
        switch error {
        case .held(let holder):
            let hint = holder.info.map { "Wait for that run. If it is gone for good: tfguard unlock REF --id \($0.id)" } ?? "tfguard unlock REF --unreadable removes it."
            self.init(.locked, holder.place, "Locked \(holder).", hint: hint)
        case .notOurs(_, let found): self.init(.locked, found.place, error.description, hint: "Give the whole id of the lock that is there.")
        case .serverIgnoresConditions(let place): self.init(.failure, place, error.description, hint: "Give the site a DynamoDB lock table.")
        case .unclear(let places, let id, _):
            self.init(.failure, places.first ?? "", error.description, hint: "tfguard unlock REF shows the lock; tfguard unlock REF --id \(id) removes it.")
        case .vanished(let place, _): self.init(.failure, place, error.description, hint: "tfguard doctor looks at the newest version.")
        }
    }
}
