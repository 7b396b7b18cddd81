import Glibc

/// Seconds since 1970.
public let currentSeconds: @Sendable () -> Int64 = { Int64(time(nil)) }

/// XML text. Control characters become references as AWS writes them, though XML 1.0 forbids those.
func escapedXML(_ bytes: some Sequence<UInt8>) -> String {
    var escaped: [UInt8] = []
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "&"): escaped += "&amp;".utf8
        case UInt8(ascii: "<"): escaped += "&lt;".utf8
        case UInt8(ascii: ">"): escaped += "&gt;".utf8
        case UInt8(ascii: "\""): escaped += "&quot;".utf8
        case 0..<0x20: escaped += "&#x\(String(byte, radix: 16));".utf8
        default: escaped.append(byte)
        }
    }
    return String(decoding: escaped, as: UTF8.self)
}

/// The encoding of `encoding-type=url`: a space is `+`, `/ - _ . *` stay.
func listingEncoded(_ bytes: some Sequence<UInt8>) -> String {
    var encoded: [UInt8] = []
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "*"):
            encoded.append(byte)
        case UInt8(ascii: " "):
            encoded.append(UInt8(ascii: "+"))
        default:
            encoded += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
        }
    }
    return String(decoding: encoded, as: UTF8.self)
}

/// `2026-11-22T14:02:14.000Z`
func isoDate(_ seconds: Int64) -> String {
    let parts = calendar(seconds)
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).000Z"
}

/// `Sun, 22 Nov 2026 14:02:14 GMT`
func httpDate(_ seconds: Int64) -> String {
    let parts = calendar(seconds)
    let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][Int(parts.tm_wday)]
    let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][Int(parts.tm_mon)]
    return "\(day), \(two(parts.tm_mday)) \(month) \(parts.tm_year + 1900) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
}

/// Seconds since 1970 of `20261122T140214Z`, nil when it is nothing of the kind.
func seconds(ofAmzDate text: String) -> Int64? {
    let digits = text.utf8.filter { (0x30...0x39).contains($0) }
    guard digits.count == 14, text.utf8.count == 16 else { return nil }
    func number(_ range: Range<Int>) -> Int32 { digits[range].reduce(0) { $0 * 10 + Int32($1 - 0x30) } }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (number(0..<4) - 1900, number(4..<6) - 1, number(6..<8))
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (number(8..<10), number(10..<12), number(12..<14))
    return Int64(timegm(&parts))
}

private func calendar(_ seconds: Int64) -> tm {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    return parts
}

private func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
