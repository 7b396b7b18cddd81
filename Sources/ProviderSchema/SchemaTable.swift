/// A sorted text table, read in place: one line per type, found by binary search over the bytes.
///
/// ```
/// aws_eip<tab>allocation_id=C domain=B id=B tags_all=BM
/// aws_instance<tab>ami=B arn=C ebs_block_device=bS …
/// ```
/// Nothing is copied or indexed: the built-in table costs no start-up time and no heap until a type is asked for.
struct SchemaTable: Sendable {
    enum Storage: Sendable {
        case literal(StaticString)
        case bytes([UInt8])
    }
    let storage: Storage

    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        switch storage {
        case .literal(let text): text.withUTF8Buffer(body)
        case .bytes(let bytes): bytes.withUnsafeBufferPointer(body)
        }
    }

    func resourceType(_ name: String) -> ResourceTypeSchema? {
        let wanted = Array(name.utf8)
        return withBytes { text in
            guard let line = Self.line(of: wanted, in: text) else { return nil }
            return ResourceTypeSchema(name: name, flags: Self.flags(of: line))
        }
    }

    /// The entries behind the tab of the type's line.
    private static func line(of name: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>.SubSequence? {
        var low = 0
        var high = text.count
        while low < high {
            var start = (low + high) / 2
            while start > low, text[start - 1] != newline { start -= 1 }
            let end = text[start..<high].firstIndex(of: newline) ?? high
            guard let tab = text[start..<end].firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            if text[start..<tab].elementsEqual(name) { return text[(tab + 1)..<end] }
            if text[start..<tab].lexicographicallyPrecedes(name) { low = end + 1 } else { high = start }
        }
        return nil
    }

    private static func flags(of line: Slice<UnsafeBufferPointer<UInt8>>) -> [String: AttributeFlags] {
        var flags: [String: AttributeFlags] = [:]
        for entry in line.split(separator: UInt8(ascii: " ")) {
            guard let equals = entry.firstIndex(of: UInt8(ascii: "=")), let value = AttributeFlags(letters: entry[(equals + 1)...]) else { continue }
            flags[String(decoding: entry[..<equals], as: UTF8.self)] = value
        }
        return flags
    }

    private static let newline = UInt8(ascii: "\n")
}
