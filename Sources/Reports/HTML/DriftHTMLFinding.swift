import Findings

/// One finding: what, where, both values side by side, and why it matters.
struct DriftHTMLFinding {
    let entry: DriftReport.Entry
    /// Which pair of states it belongs to, where there are several.
    let pair: String?

    var text: String {
        let attribute = entry.attribute.map { "<span class=\"attribute\">\(HTMLText.escape($0))</span>" } ?? ""
        let uncertain = entry.isUncertain ? "<p class=\"faint\">The object is tainted or was only partly applied: the state may hold a planned value.</p>" : ""
        let pair = pair.map { "<span>\(HTMLText.escape($0))</span>" } ?? ""
        return """
            <article class="finding \(entry.severity.rawValue)" data-severity="\(entry.severity.rawValue)">
            <h3><span class="badge \(entry.severity.rawValue)">\(entry.severity.rawValue)</span> <span class="address">\(HTMLText.escape(entry.address))</span> \(attribute)</h3>
            <p>\(HTMLText.escape(Self.sentence(entry.reason)))</p>\(uncertain)
            <div class="sides">\(side("Primary", entry.primaryAddress, entry.primaryValue))\(side("DR", entry.drAddress, entry.drValue))</div>
            <p class="meta"><span>\(HTMLText.escape(entry.findingClass))</span><span>\(HTMLText.escape(entry.ruleID.description))</span><span>\(HTMLText.escape(entry.id))</span>\(pair)</p>
            </article>
            """
    }

    private func side(_ name: String, _ address: String?, _ value: ShownValue) -> String {
        let place = address.map { "<span class=\"faint\">\(HTMLText.escape($0))</span>" } ?? "<span class=\"faint\">no such resource</span>"
        return "<div class=\"side\"><h4>\(name)</h4>\(place)\(self.value(value, exists: address != nil))</div>"
    }

    private func value(_ value: ShownValue, exists: Bool) -> String {
        switch value {
        case .absent: exists && entry.attribute != nil ? "<p class=\"faint\">not set</p>" : ""
        case .masked(let fingerprint): "<p class=\"masked\">(sensitive) \(HTMLText.escape(fingerprint))</p>"
        case .shown(.string(let text)): "<pre>\(HTMLText.escape(text))</pre>"
        case .shown(let node): "<pre>\(Self.lines(node))</pre>"
        }
    }

    /// Structures over several lines; every line escaped by itself, as escaping writes line breaks out.
    private static func lines(_ node: JSONNode) -> String {
        JSONWriter.document(node).split(separator: "\n").map { HTMLText.escape(String($0)) }.joined(separator: "\n")
    }

    /// Reasons are parts of sentences; alone in a paragraph they begin with a capital and end with a stop.
    private static func sentence(_ text: String) -> String {
        guard let first = text.first else { return "" }
        return first.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }
}
