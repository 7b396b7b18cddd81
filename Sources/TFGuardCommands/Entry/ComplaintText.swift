import Reports

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
