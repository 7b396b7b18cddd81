internal import StateJSON

extension StateForm {
    /// What the first bytes give away, before any parsing.
    static func bySignature(_ bytes: StateBytes) -> StateForm? {
        bytes.withUnsafeBytes { all in
            guard let first = all.first(where: { !isWhitespace($0) }) else {
                return all.isEmpty ? .zeroBytes : .whitespace(count: all.count)
            }
            if all.starts(with: [0x1F, 0x8B]) { return .gzip }
            if all.count > 2, all[0] == 0x78, [0x01, 0x5E, 0x9C, 0xDA].contains(all[1]) { return .zlib }
            if all.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
            if all.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .zipArchive }
            if all.starts(with: [0xEF, 0xBB, 0xBF]) { return .byteOrderMark }
            if let form = utf32(all) { return form }
            if all.starts(with: [0xFF, 0xFE]) { return .utf16(bigEndian: false) }
            if all.starts(with: [0xFE, 0xFF]) { return .utf16(bigEndian: true) }
            if all.starts(with: "tfstate".utf8) { return .binaryState }
            if all.count >= 4, all[0] != 0, all[1] == 0, all[2] != 0, all[3] == 0 { return .utf16(bigEndian: false) }
            if all.count >= 4, all[0] == 0, all[1] != 0, all[2] == 0, all[3] != 0 { return .utf16(bigEndian: true) }
            if first == 0, all.first == 0 { return .nulBytes(offset: 0, count: all.prefix { $0 == 0 }.count) }
            if first == UInt8(ascii: "<") { return markup(all) }
            return ChunkedFraming.form(of: all)
        }
    }

    /// With a byte order mark, or by two units of ASCII in front.
    private static func utf32(_ all: UnsafeRawBufferPointer) -> StateForm? {
        if all.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32(bigEndian: false) }
        if all.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32(bigEndian: true) }
        guard all.count >= 8 else { return nil }
        if all[0] != 0, all[4] != 0, [1, 2, 3, 5, 6, 7].allSatisfy({ all[$0] == 0 }) { return .utf32(bigEndian: false) }
        if all[3] != 0, all[7] != 0, [0, 1, 2, 4, 5, 6].allSatisfy({ all[$0] == 0 }) { return .utf32(bigEndian: true) }
        return nil
    }

    static func isWhitespace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func markup(_ all: UnsafeRawBufferPointer) -> StateForm? {
        let head = String(decoding: all.prefix(4096), as: UTF8.self)
        let start = head.drop(while: \.isWhitespace)
        if start.hasPrefix("<<<<<<<") { return .mergeConflict(offset: head.utf8.count - start.utf8.count) }
        let lowered = start.lowercased()
        if lowered.hasPrefix("<!doctype html") || lowered.hasPrefix("<html") || lowered.hasPrefix("<head") || lowered.hasPrefix("<body") {
            return .html
        }
        if lowered.hasPrefix("<?xml") || lowered.hasPrefix("<error") { return .xmlError(code: element("Code", in: head)) }
        return lowered.contains("<html") ? .html : nil
    }

    /// Content of the first `<name>…</name>`, when it looks like an error code.
    private static func element(_ name: String, in text: String) -> String? {
        guard let open = text.firstRange(of: "<\(name)>"), let close = text[open.upperBound...].firstRange(of: "</\(name)>") else {
            return nil
        }
        let code = text[open.upperBound..<close.lowerBound]
        return code.utf8.count <= 64
            && code.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "." }
            ? String(code) : nil
    }
}
