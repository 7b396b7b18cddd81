internal import HTTPTransport

/// What must hold of a key's current version for a write to be done; otherwise `preconditionFailed`.
public struct S3Conditions: Hashable, Sendable {
    /// The current version has this ETag (without quotes).
    public var ifMatch: String?
    /// There is no current version. (A delete marker as current version counts as none.)
    public var ifAbsent: Bool

    /// No condition unless given.
    public init(ifMatch: String? = nil, ifAbsent: Bool = false) {
        (self.ifMatch, self.ifAbsent) = (ifMatch, ifAbsent)
    }

    public static let none = S3Conditions()
    public static let absent = S3Conditions(ifAbsent: true)

    var isNone: Bool { self == .none }

    func addHeaders(to headers: inout HTTPHeaders) {
        if let ifMatch { headers["If-Match"] = "\"\(ifMatch)\"" }
        if ifAbsent { headers["If-None-Match"] = "*" }
    }
}
