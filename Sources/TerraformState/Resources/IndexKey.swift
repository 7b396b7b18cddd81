internal import StateJSON

/// What tells the instances of one resource or module apart.
public enum IndexKey: Hashable, Sendable {
    /// `count`: printed `[0]`.
    case int(Int)
    /// `for_each`: printed `["key"]`, quoted as HCL quotes.
    case string(String)

    /// Reads an `index_key`; nil for a kind that Terraform refuses. Go reads a JSON number as float64 and cuts it to a
    /// whole number, so `1.0` is 1.
    init?(_ value: JSONValue) {
        if let text = value.string {
            self = .string(text)
        } else if let number = value.int {
            self = .int(number)
        } else if let text = value.numberText, let number = Double(text), let whole = Int(exactly: number.rounded(.towardZero)) {
            self = .int(whole)
        } else {
            return nil
        }
    }
}

extension IndexKey: Comparable {
    /// Terraform's order: numbers by value, then strings by their bytes.
    public static func < (left: IndexKey, right: IndexKey) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): a < b
        case (.int, .string): true
        case (.string, .int): false
        case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }
}

extension IndexKey: CustomStringConvertible {
    /// With its brackets, as in an address.
    public var description: String {
        switch self {
        case .int(let number): "[\(number)]"
        case .string(let text): "[\(HCLQuoting.quote(text))]"
        }
    }
}
