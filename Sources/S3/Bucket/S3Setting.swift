/// One setting of a bucket or object: its value, or why there is none. Not being allowed to look is not the same as
/// finding nothing.
public enum S3Setting<Value: Sendable>: Sendable {
    case set(Value)
    /// Nothing is configured.
    case notSet
    /// The identity in use may not look.
    case notPermitted(S3Error)
    /// The server does not know this setting.
    case notSupported
    /// The server answered something else.
    case unknown(S3Error)

    /// The value, when there is one.
    public var value: Value? {
        if case .set(let value) = self { value } else { nil }
    }

    /// Whether the answer is certain: a value, or certainly none.
    public var isKnown: Bool {
        switch self {
        case .set, .notSet: true
        case .notPermitted, .notSupported, .unknown: false
        }
    }
}

extension S3Setting: Equatable where Value: Equatable {
    /// Errors compare by their kind.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.set(let left), .set(let right)): left == right
        case (.notSet, .notSet), (.notSupported, .notSupported): true
        case (.notPermitted(let left), .notPermitted(let right)), (.unknown(let left), .unknown(let right)): left.kind == right.kind
        default: false
        }
    }
}
