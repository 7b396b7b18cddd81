/// Reads the lines of one file into sections, in the grammar that all AWS SDKs share ("Shared config and credentials
/// file format", AWS SDKs and Tools Reference Guide).
///
///     [profile dev]            section; comments may follow the bracket directly
///     region = eu-west-1 # c   property; a comment needs white space before it
///     s3 =                     property without a value…
///       addressing_style=path  …that goes on with sub-properties
///     [services local]
struct ProfileFileParser {
    struct Section {
        /// The text between the brackets, trimmed: `profile dev`.
        let header: String
        let line: Int
        var properties: [(name: String, property: AWSProfileProperty)] = []
    }

    private let path: String
    private let file: AWSProfileProperty.File
    private var line = 0
    private(set) var sections: [Section] = []
    /// True while the last property of the last section may go on in indented lines.
    private var isInProperty = false

    static func parse(
        _ bytes: [UInt8], path: String, file: AWSProfileProperty.File
    ) throws(ProfileFileError) -> [Section] {
        var parser = ProfileFileParser(path: path, file: file)
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        guard String(validating: text, as: UTF8.self) != nil else {
            throw ProfileFileError(path: path, line: nil, reason: .notUTF8)
        }
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) { try parser.read(line) }
        return parser.sections
    }

    private init(path: String, file: AWSProfileProperty.File) {
        self.path = path
        self.file = file
    }

    private mutating func read(_ raw: ArraySlice<UInt8>) throws(ProfileFileError) {
        line += 1
        guard let first = raw.first, !trim(raw).isEmpty else { return }
        switch first {
        case UInt8(ascii: "#"), UInt8(ascii: ";"): return
        case UInt8(ascii: "["): try readSection(raw)
        case _ where isBlank(first): try readContinuation(trim(raw))
        default: try readProperty(raw)
        }
    }

    private mutating func readSection(_ raw: ArraySlice<UInt8>) throws(ProfileFileError) {
        let text = withoutComment(raw, needingBlank: false)
        guard text.last == UInt8(ascii: "]") else { throw error(.sectionWithoutBracket) }
        sections.append(Section(header: string(trim(text.dropFirst().dropLast())), line: line))
        isInProperty = false
    }

    private mutating func readProperty(_ raw: ArraySlice<UInt8>) throws(ProfileFileError) {
        guard let last = sections.indices.last else { throw error(.propertyOutsideSection) }
        let text = withoutComment(raw, needingBlank: true)
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { throw error(.propertyWithoutEquals) }
        let name = string(trim(text[..<equals])).lowercased()
        guard !name.isEmpty else { throw error(.propertyWithoutName) }
        let value = string(trim(text[text.index(after: equals)...]))
        let property = AWSProfileProperty(value: value, subproperties: [:], file: file, line: line)
        sections[last].properties.append((name, property))
        isInProperty = true
    }

    private mutating func readContinuation(_ text: ArraySlice<UInt8>) throws(ProfileFileError) {
        guard let section = sections.indices.last else { throw error(.continuationOutsideSection) }
        guard isInProperty, let last = sections[section].properties.indices.last else {
            throw error(.continuationOutsideProperty)
        }
        let value = sections[section].properties[last].property.value
        if value.isEmpty || value.hasPrefix("\n") {
            guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { throw error(.subpropertyWithoutEquals) }
            let name = string(trim(text[..<equals])).lowercased()
            guard !name.isEmpty else { throw error(.subpropertyWithoutName) }
            let subvalue = string(trim(text[text.index(after: equals)...]))
            sections[section].properties[last].property.subproperties[name] = subvalue
        }
        sections[section].properties[last].property.value += "\n\(string(text))"
    }

    private func error(_ reason: ProfileFileError.Reason) -> ProfileFileError {
        ProfileFileError(path: path, line: line, reason: reason)
    }

    /// Cuts a comment off: anywhere, or only where white space stands before it.
    private func withoutComment(_ text: ArraySlice<UInt8>, needingBlank: Bool) -> ArraySlice<UInt8> {
        let text = trim(text)
        var afterBlank = false
        for (index, byte) in zip(text.indices, text) {
            if (byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";")) && (afterBlank || !needingBlank) {
                return trim(text[..<index])
            }
            afterBlank = isBlank(byte)
        }
        return text
    }

    private func trim(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = text.drop(while: isBlank)
        guard let end = start.lastIndex(where: { !isBlank($0) }) else { return start[start.startIndex..<start.startIndex] }
        return start[...end]
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
