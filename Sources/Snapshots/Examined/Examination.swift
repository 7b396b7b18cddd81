internal import Sites

/// What one run found out about the objects of a site that are no states.
struct Examination: Sendable {
    /// Looked into by an earlier run, and unchanged since.
    var recognised: Set<ObjectFingerprint> = []
    /// Looked into by this one.
    var learned: [ObjectFingerprint: IgnoredReason] = [:]
    /// The run saw every key of the site: what it did not recognise is gone, or has changed.
    var isWhole = false
}
