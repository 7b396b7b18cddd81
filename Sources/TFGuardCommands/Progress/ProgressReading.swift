/// How far a long job is, in cumulative numbers.
struct ProgressReading: Sendable, Equatable {
    /// What is being done: `listing`, `fetching`, `checking`.
    var phase: String
    var states = 0
    /// Versions, packs or whatever is counted, by ``unit``.
    var done = 0
    /// Nil while it is not known yet.
    var total: Int?
    var unit = "versions"
    var bytes: Int64 = 0
    var totalBytes: Int64?
}
