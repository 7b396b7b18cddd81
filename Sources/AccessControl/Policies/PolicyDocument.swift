internal import StateJSON

/// An IAM policy, as far as its meaning can be worked out from its text.
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
public struct PolicyDocument: Sendable, Hashable {
    public let statements: [PolicyStatement]

    public init(statements: [PolicyStatement]) { self.statements = statements }

    /// - Returns: nil when the text is no policy, or has a statement that is none: half a policy would be judged wrongly.
    public init?(json: String) {
        guard let root = try? JSONDocument(parsing: StateBytes(Array(json.utf8))).root, root.isObject, let list = root["Statement"] else { return nil }
        var statements: [PolicyStatement] = []
        for element in list.oneOrMore {
            guard let statement = PolicyStatement(element) else { return nil }
            statements.append(statement)
        }
        self.statements = statements
    }
}

extension JSONValue {
    /// Policies may write one value for a list of one.
    var oneOrMore: [JSONValue] { isArray ? Array(elements) : [self] }

    /// Texts of one or more strings; nil when something else is among them.
    var texts: [String]? {
        var texts: [String] = []
        for element in oneOrMore {
            // Numbers and booleans are allowed as condition values without quotes.
            guard let text = element.string ?? element.numberText ?? element.bool.map({ $0 ? "true" : "false" }) else { return nil }
            texts.append(text)
        }
        return texts
    }
}
