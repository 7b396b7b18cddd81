/// Something that could not be read or done, in a document's `problems`.
public struct Problem: Sendable, Hashable {
    /// What it is about: a site, a state reference, a file, a vault.
    public var reference: String
    /// What happened and why.
    public var message: String
    /// What to do next; empty when nothing is known that would help.
    public var hint: String

    public init(reference: String, message: String, hint: String = "") {
        self.reference = reference
        self.message = message
        self.hint = hint
    }

    var object: JSONObject {
        ["reference": .string(reference), "message": .string(message), "hint": .string(hint)]
    }
}
