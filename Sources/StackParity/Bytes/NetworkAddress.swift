/// An IPv4 or IPv6 address or range, `10.0.3.0/24`, `10.0.0.4`, `2600:1f18::/56`.
struct NetworkAddress: Hashable, Sendable {
    /// IPv4 in the low 32 bits, IPv6 in all of them.
    var bits: UInt128
    /// Length of the prefix; the full width for a single address.
    var length: UInt8
    var isVersion6: Bool
    /// Whether the text had a `/length`.
    var isRange: Bool

    var width: Int { isVersion6 ? 128 : 32 }

    /// The first `length` bits.
    func prefix(_ length: Int) -> UInt128 {
        length == 0 ? 0 : bits >> UInt128(width - length)
    }

    func contains(_ other: NetworkAddress) -> Bool {
        isVersion6 == other.isVersion6 && length <= other.length && prefix(Int(length)) == other.prefix(Int(length))
    }

    /// The range that the address has in its own network, put at the same distance from another network's base.
    func moved(from: NetworkAddress, to: NetworkAddress) -> NetworkAddress {
        var moved = self
        moved.bits = bits &- from.bits &+ to.bits
        return moved
    }

    /// As it is written: `10.0.0.0/16`.
    var text: String {
        let body: String
        if isVersion6 {
            body = (0..<8).map { String(UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)), radix: 16) }.joined(separator: ":")
        } else {
            body = (0..<4).map { String(UInt8(truncatingIfNeeded: bits >> UInt128(24 - 8 * $0))) }.joined(separator: ".")
        }
        return isRange ? "\(body)/\(length)" : body
    }

    /// Reads the whole text.
    init?(_ text: ByteText) {
        guard text.count >= 2, text.count <= 43 else { return nil }
        if let address = Self.version4(text) { self = address } else if let address = Self.version6(text) { self = address } else { return nil }
    }

    init(bits: UInt128, length: UInt8, isVersion6: Bool, isRange: Bool) {
        self.bits = bits
        self.length = length
        self.isVersion6 = isVersion6
        self.isRange = isRange
    }

    /// Where an IPv4 address that starts at `from` ends, prefix length included; nil when there is none.
    static func end(of text: ByteText, from: Int) -> Int? {
        var at = from
        var dots = 0
        var digits = 0
        while at < text.count {
            if text[at].isDigit {
                digits += 1
                if digits > 3 { return nil }
            } else if text[at] == UInt8(ascii: "."), dots < 3, digits > 0 {
                dots += 1
                digits = 0
            } else {
                break
            }
            at += 1
        }
        guard dots == 3, digits > 0 else { return nil }
        if at < text.count, text[at].isWord { return nil }
        if at + 1 < text.count, text[at] == UInt8(ascii: "/"), text[at + 1].isDigit {
            var end = at + 1
            while end < text.count, text[end].isDigit, end - at < 3 { end += 1 }
            if end == text.count || !text[end].isWord { return end }
        }
        return at
    }

    /// 169.254.0.0/16: what a service draws for the inside of a tunnel.
    /// Source: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html
    var isLinkLocal: Bool { !isVersion6 && bits >> 16 == 0xa9fe }

    private static func version4(_ text: ByteText) -> NetworkAddress? {
        guard text[0].isDigit, end(of: text, from: 0) == text.count else { return nil }
        var bits: UInt128 = 0
        var part: UInt128 = 0
        var length: UInt8?
        for byte in text {
            if byte.isDigit {
                if let value = length { length = value &* 10 &+ (byte - 48) } else { part = part * 10 + UInt128(byte - 48) }
            } else if byte == UInt8(ascii: ".") {
                bits = bits << 8 | part
                part = 0
            } else {
                length = 0
            }
        }
        bits = bits << 8 | part
        guard bits >> 32 == 0, part < 256, (length ?? 32) <= 32 else { return nil }
        return NetworkAddress(bits: bits, length: length ?? 32, isVersion6: false, isRange: length != nil)
    }

    private static func version6(_ text: ByteText) -> NetworkAddress? {
        guard text.contains(UInt8(ascii: ":")), text.allSatisfy({ $0.isHex || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }) else { return nil }
        var length: UInt8?
        var body = text
        if let slash = text.firstIndex(of: UInt8(ascii: "/")) {
            guard let value = UInt8(String(decoding: text[(slash + 1)...], as: UTF8.self)), value <= 128 else { return nil }
            length = value
            body = text.part(0..<slash)
        }
        var groups: [UInt16] = []
        var gap: Int?
        let parts = body.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.count <= 9 else { return nil }
        for (index, part) in parts.enumerated() {
            if part.isEmpty {
                if index == 0 || index == parts.count - 1 { continue }
                if gap != nil { return nil }
                gap = groups.count
            } else {
                guard part.count <= 4, let value = UInt16(String(decoding: part, as: UTF8.self), radix: 16) else { return nil }
                groups.append(value)
            }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return NetworkAddress(bits: groups.reduce(0) { $0 << 16 | UInt128($1) }, length: length ?? 128, isVersion6: true, isRange: length != nil)
    }
}
