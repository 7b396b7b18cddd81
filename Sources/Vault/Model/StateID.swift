/// A Terraform state: a key in a site.
///
/// Compared and hashed by its UTF-8 bytes. Two keys that look alike but are composed differently (NFC and NFD) are two
/// objects in S3 and two states here, though Swift's `String` calls them equal.
public struct StateID: Sendable, CustomStringConvertible {
    /// The site's name in the configuration.
    public var site: String
    /// The object's key, exactly as S3 lists it.
    public var key: String

    public init(site: String, key: String) {
        self.site = site
        self.key = key
    }

    /// `site:key`, escaped for printing.
    public var description: String { "\(site):\(quoted(key))" }
}

extension StateID: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.key.utf8.elementsEqual(right.key.utf8) && left.site.utf8.elementsEqual(right.site.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hashBytes(of: site, into: &hasher)
        hashBytes(of: key, into: &hasher)
    }
}

extension StateID: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        if left.site.utf8.elementsEqual(right.site.utf8) { return left.key.utf8.lexicographicallyPrecedes(right.key.utf8) }
        return left.site.utf8.lexicographicallyPrecedes(right.site.utf8)
    }
}

/// Hashes the bytes of a string, not its canonical form.
func hashBytes(of text: String, into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
}
