internal import StateJSON

/// A member's name, compared as Go's encoding/json compares it with a struct's fields: exactly, or else ignoring case.
/// Terraform reads `"SERIAL": 3` as its serial, and so must whoever wants to know what Terraform will see.
struct FieldName {
    private let key: JSONKey
    /// Folded bytes, only for names with escapes or characters outside ASCII.
    private let unusual: [UInt8]?

    init(_ key: JSONKey) {
        self.key = key
        unusual = key.value.isEscaped || !key.value.isASCII ? FieldName.fold(key.string) : nil
    }

    /// Length in bytes that a field must have to match: a cheap way to rule out most.
    var length: Int { unusual?.count ?? key.value.withStringBytes(\.count) }

    func matches(_ field: StaticString) -> Bool {
        if let unusual { return unusual.elementsEqual(UnsafeBufferPointer(start: field.utf8Start, count: field.utf8CodeUnitCount)) }
        if key.equals(field) { return true }
        return key.value.withStringBytes { name in
            guard name.count == field.utf8CodeUnitCount else { return false }
            for index in 0..<name.count where name[index] != field.utf8Start[index] {
                guard name[index] ^ 0x20 == field.utf8Start[index], name[index] &- UInt8(ascii: "A") < 26 else { return false }
            }
            return true
        }
    }

    /// Go folds by Unicode's simple case folding: besides A to Z, the long s and the Kelvin sign become ASCII.
    private static func fold(_ name: String) -> [UInt8] {
        var out: [UInt8] = []
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\u{17F}": out.append(UInt8(ascii: "s"))
            case "\u{212A}": out.append(UInt8(ascii: "k"))
            case "A"..."Z": out.append(UInt8(scalar.value) | 0x20)
            default: out.append(contentsOf: String(scalar).utf8)
            }
        }
        return out
    }
}

extension JSONValue {
    /// The field `name` of an object as Go's decoder would leave it in a struct: names compared without case, null
    /// without effect, the last of several wins.
    func field(_ name: StaticString) -> JSONValue? {
        var found: JSONValue?
        for member in members where !member.value.isNull && FieldName(member.key).matches(name) { found = member.value }
        return found
    }
}
