internal import StateJSON

/// Texts of one document that passed a check already: a large state repeats a handful of providers and dependencies.
struct KnownTexts {
    private var seen = SeenValues()

    /// Whether `text` passes `check`, asked once for each different text.
    mutating func pass(_ text: JSONValue, _ check: (String) -> Bool) -> Bool {
        let hash = text.rawHash(seed: SeenValues.seed)
        let isSame = { text.hasEqualBytes(as: text.document.value(at: $0)) }
        if seen.position(hash: hash, where: isSame) != nil { return true }
        guard let content = text.string, check(content) else { return false }
        _ = seen.note(text.position, hash: hash, isEqual: isSame)
        return true
    }
}
