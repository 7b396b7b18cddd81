public import StateJSON

/// A copy of `bytes` in which the digits of the serial are replaced and nothing else: what a restore writes, so that
/// the history moves on and no saved plan fits by accident.
///
/// Works for versions 1 to 4. An encrypted OpenTofu state carries its serial inside the ciphertext too and is refused.
/// - Throws: ``StateFormatError`` when there is no state, or no serial in it to replace.
public func replacingSerial(in bytes: StateBytes, with serial: UInt64) throws(StateFormatError) -> StateBytes {
    let document: JSONDocument
    do {
        document = try JSONDocument(parsing: bytes)
    } catch {
        throw .syntax(error)
    }
    return try replacingSerial(in: document, with: serial)
}

/// The same, for a document that is parsed already.
public func replacingSerial(in document: JSONDocument, with serial: UInt64) throws(StateFormatError) -> StateBytes {
    guard document.root.isObject else { throw .notAnObject }
    let fields = StateFields(document.root)
    guard let version = fields.version else { throw .noVersion }
    guard let number = version.uint64 else {
        throw .wrongType(field: "version", expected: "a positive whole number", offset: version.rawRange.lowerBound)
    }
    guard (1...4).contains(number) else { throw .unsupportedVersion(number) }
    guard let old = fields.serial else { throw .noSerial }
    guard old.kind == .number else {
        throw .wrongType(field: "serial", expected: "a whole number from 0 to 2^64 - 1", offset: old.rawRange.lowerBound)
    }
    let range = old.rawRange
    let bytes = document.bytes
    let digits = Array(String(serial).utf8)
    var builder = StateBytes.Builder(capacity: bytes.count - range.count + digits.count)
    bytes.withUnsafeBytes(in: 0..<range.lowerBound) { builder.append($0) }
    builder.append(contentsOf: digits)
    bytes.withUnsafeBytes(in: range.upperBound..<bytes.count) { builder.append($0) }
    return builder.finish()
}
