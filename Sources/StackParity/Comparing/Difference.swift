/// One place where two counterparts differ in meaning.
struct Difference: Sendable {
    var path: String
    var findingClass: FindingClass
    var primary: DriftValue
    var dr: DriftValue
    var detail: String
    var isSecret: Bool
    /// Two ids of one shape that belong to neither state: accepted when the same two meet again elsewhere.
    var external: External?
    /// One side's version of the provider may not know the attribute.
    var isAbsent = false

    struct External: Hashable {
        var primary: String
        var dr: String
    }
}
