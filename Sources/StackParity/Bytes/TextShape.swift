/// Judges texts by their look alone.
enum TextShape {
    static func isARN(_ text: ByteText) -> Bool { text.starts(with: "arn:") && text.count > 12 }

    /// RFC 3339 time or date-time.
    static func isTimestamp(_ text: ByteText) -> Bool {
        guard text.count >= 19, text.count <= 40, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " ") else { return false }
        return text[0].isDigit && text[1].isDigit && text[2].isDigit && text[3].isDigit && text[5].isDigit && text[11].isDigit && text[13] == UInt8(ascii: ":")
    }

    /// Hex digests of MD5, SHA-1, SHA-256, SHA-512 and their base64 forms.
    static func isDigest(_ text: ByteText) -> Bool {
        switch text.count {
        case 32, 40, 64, 128: return text.allSatisfy(\.isHex) && text.contains(where: \.isDigit)
        case 44, 88: return text[text.count - 1] == UInt8(ascii: "=") && isBase64(text) && isMixed(text)
        case 71: return text.starts(with: "sha256:") && text.part(7..<71).allSatisfy(\.isHex)
        default: return false
        }
    }

    static func isBase64(_ text: ByteText) -> Bool {
        guard text.count >= 8, text.count % 4 == 0 else { return false }
        var padding = 0
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
            } else if padding > 0 || !(byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")) {
                return false
            }
        }
        return padding <= 2
    }

    private static func isMixed(_ text: ByteText) -> Bool {
        text.contains(where: \.isDigit) && text.contains(where: \.isLower) && text.contains { $0.isLetter && !$0.isLower }
    }

    /// An id that a machine made: nobody types `sg-0f65fc2791637458c`, a UUID, an ARN or a host name by accident.
    static func isMachineMade(_ text: ByteText) -> Bool {
        if isARN(text) || text.ends(with: ".amazonaws.com") { return true }
        var start = 0
        for at in 0...text.count {
            if at < text.count, text[at].isLetter || text[at].isDigit { continue }
            if at - start >= 7, isRandom(text.part(start..<at)) { return true }
            start = at + 1
        }
        return false
    }

    /// A run of letters and digits that looks drawn by lot, a counter of time, or an account number.
    static func isRandom(_ run: ByteText) -> Bool {
        guard run.count >= 4 else { return false }
        var digits = 0
        var hex = 0
        var changes = 0
        var wasDigit = run[0].isDigit
        for byte in run {
            guard byte.isLetter || byte.isDigit else { return false }
            if byte.isDigit { digits += 1 }
            if byte.isHex { hex += 1 }
            if byte.isDigit != wasDigit { changes += 1 }
            wasDigit = byte.isDigit
        }
        if digits == run.count { return run.count >= 8 }
        if hex == run.count, digits >= 1, run.count >= 6 { return true }
        return digits >= 2 && changes >= 2 && run.count >= 6
    }

    /// `i-0abc…`, `eni-…`: a short AWS id.
    static func isShortID(_ text: ByteText) -> Bool {
        guard let dash = text.lastIndex(of: UInt8(ascii: "-")), dash > 0, text.count - dash - 1 >= 8, text.count <= 40 else { return false }
        return text.part((dash + 1)..<text.count).allSatisfy(\.isHex) && text.part(0..<dash).allSatisfy { $0.isLower || $0 == UInt8(ascii: "-") }
    }

    static func isTwelveDigits(_ text: ByteText) -> Bool { text.count == 12 && text.allSatisfy(\.isDigit) }

    /// `sun:05:00-sun:06:00` or `03:00-04:00`.
    static func isTimeWindow(_ text: ByteText) -> Bool {
        (text.count == 11 || text.count == 19) && text.contains(UInt8(ascii: "-")) && text.contains(UInt8(ascii: ":"))
            && text.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "-") } && text[text.count - 1].isDigit && text[text.count - 3] == UInt8(ascii: ":")
    }

    /// A window on the full or half hour: somebody chose it. AWS draws odd minutes.
    static func isRoundWindow(_ text: ByteText) -> Bool {
        var minutes: [Bool] = []
        var at = 0
        while at + 2 < text.count {
            if text[at] == UInt8(ascii: ":"), text[at + 1].isDigit, at >= 2, text[at - 1].isDigit {
                minutes.append((text[at + 1] == 48 || text[at + 1] == 51) && text[at + 2] == 48)
                at += 3
            } else {
                at += 1
            }
        }
        return !minutes.isEmpty && minutes.allSatisfy { $0 }
    }
}
