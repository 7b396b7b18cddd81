internal import StateJSON

/// The scalar fields at the top of a JSON object, read from a file's first bytes alone. Cheap enough to tell states from
/// other objects in a listing, with one ranged GET of a few hundred bytes each; not a validation.
///
/// Terraform and OpenTofu write `version`, `terraform_version`, `serial` and `lineage` before anything large.
public struct StateHead: Hashable, Sendable {
    public private(set) var formatVersion: UInt64?
    public private(set) var serial: UInt64?
    public private(set) var lineage: String?
    public private(set) var terraformVersion: String?
    /// Names of the members seen, the first large one included.
    public private(set) var names: [String] = []

    /// Looks at the first bytes of a file; nil when they do not begin a JSON object.
    public init?(prefix: some Collection<UInt8>) {
        var bytes = Array(prefix)
        guard let open = bytes.firstIndex(where: { !StateForm.isWhitespace($0) }), bytes[open] == UInt8(ascii: "{") else { return nil }
        // Closing the object behind its last complete scalar member makes it a document for the one parser there is.
        let end = StateHead.endOfScalars(bytes, from: open + 1, names: &names)
        bytes.removeSubrange(end...)
        bytes.append(UInt8(ascii: "}"))
        guard let document = try? JSONDocument(parsing: StateBytes(bytes)) else { return }
        let fields = StateFields(document.root)
        formatVersion = fields.version?.uint64
        serial = fields.serial?.uint64
        lineage = fields.lineage?.string
        terraformVersion = fields.terraformVersion?.string
    }

    /// Whether this looks like a state worth reading whole: a format version beside a serial, a lineage, a Terraform version
    /// or resources; or OpenTofu's encrypted envelope. A state of version 3 that names its backend before its modules looks
    /// like a backend cache here; only the whole file tells them apart.
    public var looksLikeState: Bool {
        let seen = Set(names.map { $0.lowercased() })
        if seen.contains("encrypted_data") || seen.contains("encryption_version")
            || (seen.contains("meta") && serial != nil && lineage != nil)
        {
            return true
        }
        guard formatVersion != nil, !seen.contains("backend"), !seen.contains("state_store") else { return false }
        return serial != nil || lineage != nil || terraformVersion != nil || seen.contains("resources") || seen.contains("modules")
    }

    /// Generation as far as the head shows it.
    public var generation: Generation? {
        guard let serial, let lineage else { return nil }
        return Generation(serial: serial, lineage: lineage)
    }

    /// Offset behind the last complete member with a scalar value; collects names on the way.
    private static func endOfScalars(_ bytes: [UInt8], from start: Int, names: inout [String]) -> Int {
        var at = start
        var end = start
        func skip() { while at < bytes.count, StateForm.isWhitespace(bytes[at]) { at += 1 } }
        func text() -> Range<Int>? {
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
            let first = at + 1
            at = first
            while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
            guard at < bytes.count else { return nil }
            at += 1
            return first..<at - 1
        }
        while true {
            skip()
            guard let name = text() else { return end }
            skip()
            guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return end }
            at += 1
            names.append(String(decoding: bytes[name], as: UTF8.self))
            skip()
            guard at < bytes.count, bytes[at] != UInt8(ascii: "{"), bytes[at] != UInt8(ascii: "[") else { return end }
            if bytes[at] == UInt8(ascii: "\"") {
                guard text() != nil else { return end }
            } else {
                while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: "}"), !StateForm.isWhitespace(bytes[at]) {
                    at += 1
                }
                guard at < bytes.count else { return end }
            }
            end = at
            skip()
            guard at < bytes.count, bytes[at] == UInt8(ascii: ",") else { return end }
            at += 1
        }
    }
}
