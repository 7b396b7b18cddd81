/// A rule of the user's that did nothing in this comparison.
public struct StaleRule: Hashable, Sendable {
    public enum Cause: String, Sendable, Codable {
        /// Nothing differs there any more.
        case matchedNothing = "matched nothing"
        /// Its `until` has passed: what it covered is reported again.
        case expired
    }
    /// Position in `ParityRules.ignore`, or in `ParityRules.map` for a mapping.
    public var index: Int
    public var rule: String
    public var reason: String
    public var cause: Cause
}
