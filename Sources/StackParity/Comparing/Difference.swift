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

    /// A setting that is often the same for every object of a type, by the configuration's will: accepted when it is.
    var isHabit = false
    /// A list lacks members whose objects one side lacks as a whole: accepted when those are.
    var follows: Alone?

    struct Alone {
        var primary: [Int] = []
        var dr: [Int] = []
    }

    struct External: Hashable {
        var primary: String
        var dr: String
    }
}
