internal import Cryptography
internal import S3
internal import Sites
internal import Timestamps

/// Half a SHA-256 that stands for a key with all its versions, so that what was found out about them can be remembered
/// without writing down what the objects of a bucket are called.
struct ObjectFingerprint: Hashable, Sendable {
    private let high: UInt64
    private let low: UInt64

    init(_ key: KeyVersions) {
        var texts = [key.key]
        texts.reserveCapacity(1 + 4 * key.versions.count)
        for version in key.versions where !version.isDeleteMarker {
            texts += [version.versionID, version.etag, String(version.size), String(version.lastModified.nanoseconds)]
        }
        self.init(texts)
    }

    init(site: String) { self.init([site]) }

    private init(_ texts: [String]) {
        var hash = SHA256()
        for text in texts { hash.update(Array(text.utf8) + [0]) }
        let bytes = hash.finalize().bytes
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// 32 hexadecimal digits.
    var text: String { Self.digits(high) + Self.digits(low) }

    /// - Returns: nil unless these are 32 hexadecimal digits.
    init?(text: String) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16), !text.contains("+") else { return nil }
        (self.high, self.low) = (high, low)
    }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
