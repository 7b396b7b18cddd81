/// A value of an item, of the kinds that Terraform's lock table has.
public enum AttributeValue: Hashable, Sendable {
    case string(String)
    /// A number, as DynamoDB writes it: text.
    case number(String)
    /// A kind that tfguard has no use for, by DynamoDB's name of it (`BOOL`, `M`, …); its content is not read.
    case other(kind: String)

    /// The text of a string value; nil for the other kinds.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
}

extension AttributeValue: Codable {
    private struct Kind: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }

        static let string = Kind(stringValue: "S")
        static let number = Kind(stringValue: "N")
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        if let text = try container.decodeIfPresent(String.self, forKey: .string) {
            self = .string(text)
        } else if let number = try container.decodeIfPresent(String.self, forKey: .number) {
            self = .number(number)
        } else {
            self = .other(kind: container.allKeys.first?.stringValue ?? "")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .string(let text): try container.encode(text, forKey: .string)
        case .number(let number): try container.encode(number, forKey: .number)
        case .other(let kind): try container.encodeNil(forKey: Kind(stringValue: kind))
        }
    }
}
