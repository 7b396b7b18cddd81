public import Timestamps

/// How far each endpoint's clock is from ours, learnt from the `Date` header of its answers.
///
/// AWS refuses signatures whose time is more than some minutes off (S3: 15, `RequestTimeTooSkewed`). A client keeps
/// one value of this type, signs with ``time(at:now:)``, shows every refusal to ``learn(endpoint:code:date:now:)`` and
/// tries once more when that says so.
public struct ClockSkew: Sendable, Hashable {
    /// Server minus local, by endpoint (`host` or `host:port`).
    public private(set) var offsets: [String: Duration] = [:]

    /// A difference must be larger than this to be taken for the cause of a refusal (AWS SDK for Go v2, 4 min).
    public static let threshold: Duration = .seconds(240)

    /// Error codes that speak of the clock by name.
    public static let definiteCodes: Set<String> = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]

    /// Error codes that a wrong clock may cause, among other things.
    public static let possibleCodes: Set<String> = [
        "SignatureDoesNotMatch", "InvalidSignatureException", "AuthFailure", "AccessDeniedException",
    ]

    public init() {}

    /// The moment to sign with for `endpoint`.
    public func time(at endpoint: String, now: Timestamp) -> Timestamp {
        guard let offset = offsets[endpoint] else { return now }
        return now + offset
    }

    /// Looks at a refusal, and remembers the endpoint's clock when that explains it.
    ///
    /// - Parameters:
    ///   - code: the error code of the answer.
    ///   - date: the answer's `Date` header, or the `ServerTime` of an S3 error.
    ///   - now: our own clock when the answer came.
    /// - Returns: true when signing anew has a chance: the clock seems to be the cause, and the offset is news.
    public mutating func learn(endpoint: String, code: String, date: String, now: Timestamp) -> Bool {
        guard Self.definiteCodes.contains(code) || Self.possibleCodes.contains(code),
            let server = Timestamp(httpDate: date) ?? Timestamp(rfc3339: date)
        else { return false }
        let used = time(at: endpoint, now: now)
        let error = server - used
        guard error > Self.threshold || error < .zero - Self.threshold else { return false }
        offsets[endpoint] = server - now
        return true
    }
}
