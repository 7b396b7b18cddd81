/// A small XML answer as a tree: what bucket configurations and errors are read from. (Listings are read as a
/// stream instead.)
struct XMLElement: Hashable, Sendable {
    var name: String
    /// The text directly in this element, entities resolved.
    var text = ""
    var children: [XMLElement] = []

    /// Reads a whole answer.
    /// - Throws: ``XMLFault``. Answers larger than 4 MiB are refused: no configuration is.
    static func parse(_ bytes: [UInt8]) throws(XMLFault) -> XMLElement {
        var reader = try XMLReader(bytes, sizeLimit: 4 << 20)
        try reader.beginRoot()
        let root = try element(&reader)
        try reader.finish()
        return root
    }

    /// The first child of that name.
    subscript(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// All children of that name, in order.
    func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    /// The text of the first child of that name; nil when there is none or it is empty.
    func value(_ name: String) -> String? {
        guard let text = self[name]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// A child that says `true` or `false`.
    func flag(_ name: String) -> Bool? {
        switch value(name)?.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    private static func element(_ reader: inout XMLReader) throws(XMLFault) -> XMLElement {
        var element = XMLElement(name: reader.name)
        let start = reader.offset
        var text: [UInt8] = []
        while try reader.gatherText(into: &text) { element.children.append(try Self.element(&reader)) }
        guard let decoded = String(validating: text, as: UTF8.self) else { throw XMLFault(.invalidUTF8, at: start) }
        element.text = decoded
        return element
    }
}
