/// Base64 (RFC 4648, section 4), strict: padded, without line breaks, no stray bits in the last character.
public enum Base64 {
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { buffer in
            var (written, group, held) = (0, UInt32(0), 0)
            func character(_ index: UInt32) -> UInt8 {
                switch index {
                case 0..<26: UInt8(65 + index)
                case 26..<52: UInt8(71 + index)
                case 52..<62: UInt8(index - 4)
                case 62: 43
                default: 47
                }
            }
            func emit(_ group: UInt32, characters: Int) {
                for place in 0..<4 {
                    buffer[written + place] = place < characters ? character(group >> UInt32(18 - 6 * place) & 63) : 61
                }
                written += 4
            }
            for byte in bytes {
                group = group << 8 | UInt32(byte)
                held += 1
                if held == 3 {
                    emit(group, characters: 4)
                    (group, held) = (0, 0)
                }
            }
            if held > 0 { emit(group << UInt32(8 * (3 - held)), characters: held + 1) }
            return written
        }
    }

    /// The bytes; nil when the text is not exactly what `encode` would write for them.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count.isMultiple(of: 4) else { return nil }
        let padding = characters.last == 61 ? (characters.dropLast().last == 61 ? 2 : 1) : 0
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count / 4 * 3)
        var (group, held) = (UInt32(0), 0)
        for character in characters.dropLast(padding) {
            guard let value = value(character) else { return nil }
            group = group << 6 | value
            held += 1
            if held == 4 {
                bytes.append(UInt8(group >> 16 & 255))
                bytes.append(UInt8(group >> 8 & 255))
                bytes.append(UInt8(group & 255))
                (group, held) = (0, 0)
            }
        }
        switch held {
        case 2:
            guard group & 15 == 0 else { return nil }
            bytes.append(UInt8(group >> 4 & 255))
        case 3:
            guard group & 3 == 0 else { return nil }
            bytes.append(UInt8(group >> 10 & 255))
            bytes.append(UInt8(group >> 2 & 255))
        default:
            break
        }
        return bytes
    }

    private static func value(_ character: UInt8) -> UInt32? {
        switch character {
        case 65...90: UInt32(character) - 65
        case 97...122: UInt32(character) - 71
        case 48...57: UInt32(character) + 4
        case 43: 62
        case 47: 63
        default: nil
        }
    }
}
