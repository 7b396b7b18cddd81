internal import HTTPTransport
public import Timestamps

/// Protection of one version against deletion
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html).
public struct S3ObjectLock: Hashable, Sendable {
    /// Who may shorten a retention.
    public enum Mode: String, Hashable, Sendable {
        /// Those with `s3:BypassGovernanceRetention`.
        case governance = "GOVERNANCE"
        /// Nobody.
        case compliance = "COMPLIANCE"
    }

    public var mode: Mode?
    public var retainUntil: Timestamp?
    /// Held without an end.
    public var legalHold: Bool

    public init(mode: Mode? = nil, retainUntil: Timestamp? = nil, legalHold: Bool = false) {
        (self.mode, self.retainUntil, self.legalHold) = (mode, retainUntil, legalHold)
    }

    init(_ headers: HTTPHeaders) {
        mode = headers["x-amz-object-lock-mode"].flatMap { Mode(rawValue: $0) }
        retainUntil = headers["x-amz-object-lock-retain-until-date"].flatMap { Timestamp(rfc3339: $0) }
        legalHold = headers["x-amz-object-lock-legal-hold"] == "ON"
    }

    func addHeaders(to headers: inout HTTPHeaders) {
        if let mode { headers["x-amz-object-lock-mode"] = mode.rawValue }
        if let retainUntil { headers["x-amz-object-lock-retain-until-date"] = retainUntil.rfc3339 }
        if legalHold { headers["x-amz-object-lock-legal-hold"] = "ON" }
    }
}
