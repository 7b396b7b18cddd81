/// Recognises the names of cloud regions and zones by their shape: `us-east-1`, `ap-southeast-2b`, `us-gov-west-1`.
///
/// Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html; the shape is a two-letter
/// area, one or more words, a number; a zone adds a letter (or a local zone's own suffix before it).
enum RegionName {
    /// Length of the region name that `text` starts with; nil when it starts with none.
    static func length(in text: ByteText, from start: Int = 0) -> Int? {
        var at = start
        guard at + 8 <= text.count, text[at].isLower, text[at + 1].isLower else { return nil }
        if text[at + 2] == UInt8(ascii: "-") {
            at += 3
        } else if text.part(at..<text.count).starts(with: "eusc-"), at + 8 < text.count, text[at + 5].isLower, text[at + 6].isLower, text[at + 7] == UInt8(ascii: "-") {
            // The sovereign cloud names the country behind the area: eusc-de-east-1.
            at += 8
        } else {
            return nil
        }
        var words = 0
        while at < text.count {
            if text[at].isDigit {
                guard words > 0 else { return nil }
                at += 1
                if at < text.count, text[at].isDigit { at += 1 }
                return at - start
            }
            let word = at
            while at < text.count, text[at].isLower { at += 1 }
            guard at - word >= 3, at < text.count, text[at] == UInt8(ascii: "-") else { return nil }
            guard isDirection(text.part(word..<at)) else { return nil }
            at += 1
            words += 1
        }
        return nil
    }

    static func isRegion(_ text: ByteText) -> Bool { length(in: text) == text.count }

    /// The region of a zone name, `us-east-1` of `us-east-1a`; nil when the text is no zone.
    static func regionLength(ofZone text: ByteText) -> Int? {
        guard let length = length(in: text), length < text.count else { return nil }
        let rest = text.part(length..<text.count)
        if rest.count == 1, rest[0].isLower { return length }
        // A local or wavelength zone: us-west-2-lax-1a.
        guard rest.count >= 5, rest[0] == UInt8(ascii: "-"), rest[rest.count - 1].isLower, rest[rest.count - 2].isDigit else { return nil }
        return rest.allSatisfy({ $0.isLower || $0.isDigit || $0 == UInt8(ascii: "-") }) ? length : nil
    }

    /// The id of a physical zone, `use1-az6`: drawn per account behind the zone's name.
    static func isZoneID(_ text: ByteText) -> Bool {
        guard let dash = text.firstIndex(of: UInt8(ascii: "-")), dash >= 3, dash <= 8, text.count - dash >= 4, text.count - dash <= 5, text[dash - 1].isDigit else { return false }
        return text[dash + 1] == UInt8(ascii: "a") && text[dash + 2] == UInt8(ascii: "z") && text[text.count - 1].isDigit && text.part(0..<dash).allSatisfy { $0.isLower || $0.isDigit }
    }

    /// The words that region names are made of.
    private static func isDirection(_ word: ByteText) -> Bool {
        for known in directions where word.isEqual(to: known) { return true }
        return false
    }

    private static let directions: [StaticString] = [
        "east", "west", "north", "south", "central", "northeast", "northwest", "southeast", "southwest", "gov", "iso", "isob", "isoe", "isof",
    ]
}
