internal import StateJSON

/// Regions and accounts in which the objects of one side stand, each pair kept once.
struct PlaceTable: Sendable {
    struct Place: Hashable {
        var region: String
        var account: String
    }
    /// The attributes by which an object says where it stands.
    struct Clues {
        var arn: JSONValue?
        var region: JSONValue?
        var location: JSONValue?
        var zone: JSONValue?
    }

    private(set) var all: [Place] = []
    private var known: [UInt64: Int32] = [:]

    subscript(_ number: Int32) -> Place? { number >= 0 ? all[Int(number)] : nil }

    /// The number of the place that an object's own ARN, region or zone names; -1 for none.
    mutating func number(of attributes: JSONValue) -> Int32 {
        var clues = Clues()
        for member in attributes.members where member.value.isString {
            if member.key.equals("arn") { clues.arn = member.value } else if member.key.equals("region") { clues.region = member.value } else if member.key.equals("location") { clues.location = member.value } else if member.key.equals("availability_zone") { clues.zone = member.value }
        }
        return number(of: clues)
    }

    mutating func number(of clues: Clues) -> Int32 {
        if let number = clues.arn?.withDecodedBytes({ numberOfARN($0) }), number >= 0 { return number }
        for value in [clues.region, clues.location] {
            if let number = value?.withDecodedBytes({ $0.isEmpty ? -1 : number($0, $0.part(0..<0)) }), number >= 0 { return number }
        }
        return clues.zone?.withDecodedBytes { text in RegionName.regionLength(ofZone: text).map { number(text.part(0..<$0), text.part(0..<0)) } ?? -1 } ?? -1
    }

    mutating func number(of place: Place) -> Int32 {
        var (region, account) = (place.region, place.account)
        return region.withUTF8 { region in account.withUTF8 { number(region, $0) } }
    }

    private mutating func numberOfARN(_ text: ByteText) -> Int32 {
        guard TextShape.isARN(text) else { return -1 }
        // The places of the second to fifth colon: arn:partition:service:region:account:…
        var colons = (0, 0, 0), seen = 0
        for at in text.indices where text[at] == UInt8(ascii: ":") {
            seen += 1
            switch seen {
            case 3: colons.0 = at
            case 4: colons.1 = at
            case 5: colons.2 = at
            default: break
            }
            if seen == 5 { break }
        }
        guard seen == 5, colons.2 - colons.0 > 2 else { return -1 }
        return number(text.part((colons.0 + 1)..<colons.1), text.part((colons.1 + 1)..<colons.2))
    }

    private mutating func number(_ region: ByteText, _ account: ByteText) -> Int32 {
        let key = region.mixedHash &* 31 ^ account.mixedHash
        if let number = known[key] { return number }
        let number = Int32(all.count)
        all.append(Place(region: String(decoding: region, as: UTF8.self), account: String(decoding: account, as: UTF8.self)))
        known[key] = number
        return number
    }
}
