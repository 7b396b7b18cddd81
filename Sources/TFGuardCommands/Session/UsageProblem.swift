/// A flag or variable that makes no sense: exit status 64.
struct UsageProblem: Error {
    /// The flag or variable.
    var subject: String
    var message: String
    var hint: String

    init(_ subject: String, _ message: String, hint: String) {
        self.subject = subject
        self.message = message
        self.hint = hint
    }
}
