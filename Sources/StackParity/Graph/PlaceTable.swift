internal import StateJSON

/// Regions and accounts in which the objects of one side stand, each pair kept once.
struct PlaceTable {
    struct Place: Hashable {
        var region: String
        var account: String
    }
    private var places: [Place] = []
    private var known: [UInt64: Int32] = [:]

    subscript(_ number: Int32) -> Place? { number >= 0 ? places[Int(number)] : nil }

    /// The number of the place that an object's own ARN, region or zone names; -1 for none.
    mutating func number(of attributes: JSONValue) -> Int32 {
        var arn: JSONValue?
        var region: JSONValue?
        var location: JSONValue?
        var zone: JSONValue?
        for member in attributes.members where member.value.isString {
            if member.key.equals("arn") { arn = member.value } else if member.key.equals("region") { region = member.value } else if member.key.equals("location") { location = member.value } else if member.key.equals("availability_zone") { zone = member.value }
        }
        if let number = arn?.withDecodedBytes({ numberOfARN($0) }), number >= 0 { return number }
        for value in [region, location] {
            if let number = value?.withDecodedBytes({ $0.isEmpty ? -1 : number($0, $0.part(0..<0)) }), number >= 0 { return number }
        }
        return zone?.withDecodedBytes { text in RegionName.regionLength(ofZone: text).map { number(text.part(0..<$0), text.part(0..<0)) } ?? -1 } ?? -1
    }

    private mutating func numberOfARN(_ text: ByteText) -> Int32 {
        guard TextShape.isARN(text) else { return -1 }
        var colons: [Int] = []
        for at in text.indices where text[at] == UInt8(ascii: ":") {
            colons.append(at)
            if colons.count == 5 { break }
        }
        guard colons.count == 5, colons[4] - colons[2] > 2 else { return -1 }
        return number(text.part((colons[2] + 1)..<colons[3]), text.part((colons[3] + 1)..<colons[4]))
    }

    private mutating func number(_ region: ByteText, _ account: ByteText) -> Int32 {
        let key = region.mixedHash &* 31 ^ account.mixedHash
        if let number = known[key] { return number }
        let number = Int32(places.count)
        places.append(Place(region: String(decoding: region, as: UTF8.self), account: String(decoding: account, as: UTF8.self)))
        known[key] = number
        return number
    }
}
