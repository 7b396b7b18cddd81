import Reports

/// Why a command could not do its work, in the user's terms: what, why, what to do next, and the exit status.
struct Complaint: Error {
    var status: ExitStatus
    var problems: [Problem]

    init(_ status: ExitStatus, problems: [Problem]) {
        self.status = status
        self.problems = problems
    }

    init(_ status: ExitStatus, _ reference: String, _ message: String, hint: String) {
        self.init(status, problems: [Problem(reference: reference, message: message, hint: hint)])
    }
}
