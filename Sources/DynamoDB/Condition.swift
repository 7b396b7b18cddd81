/// What must hold of the item that is there, or the write is refused with `conditionFailed`.
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html)
public struct Condition: Hashable, Sendable {
    let expression: String
    let names: [String: String]
    let values: [String: AttributeValue]

    /// There is no item with the key, or it lacks the attribute.
    public static func absent(_ attribute: String) -> Condition {
        Condition(expression: "attribute_not_exists(#a)", names: ["#a": attribute], values: [:])
    }

    /// The item has exactly this value.
    public static func equal(_ attribute: String, _ value: AttributeValue) -> Condition {
        Condition(expression: "#a = :v", names: ["#a": attribute], values: [":v": value])
    }
}
