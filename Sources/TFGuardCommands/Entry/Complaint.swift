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

/// A problem as standard error shows it.
struct ComplaintText {
    let problem: Problem

    init(_ problem: Problem) { self.problem = problem }

    var text: String {
        let subject = problem.reference.isEmpty ? "" : VisibleText.escape(problem.reference) + ": "
        var text = "tfguard: " + subject + VisibleText.escape(problem.message) + "\n"
        if !problem.hint.isEmpty { text += "  " + VisibleText.escape(problem.hint) + "\n" }
        return text
    }
}
