/// The rules that keep names from outside (regions, buckets, accounts) from becoming parts of a URL that they
/// should not be.
public enum HostLabel {
    /// Whether the text is one DNS label: 1 to 63 letters, digits and hyphens, no hyphen at either end.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return (1...63).contains(bytes.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
            && bytes.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
    }

    /// Whether every dot-separated part is one DNS label.
    public static func isValidWithSubdomains(_ text: some StringProtocol) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isValid($0) }
    }

    /// Whether the text can be a region: a DNS label that is not a bare number. Servers name regions in answers,
    /// and a region becomes part of a host name, so this is asked before every such use.
    public static func isRegion(_ text: some StringProtocol) -> Bool {
        isValid(text) && !text.utf8.allSatisfy(\.isDigit)
    }

    /// Whether S3 can serve the bucket as a part of the host name: 3 to 63 lower-case letters, digits and hyphens,
    /// not an IP address; with dots only where no TLS wildcard certificate has to match.
    public static func isVirtualHostableBucket(_ bucket: String, dots: Bool) -> Bool {
        let bytes = bucket.utf8
        guard (3...63).contains(bytes.count) else { return false }
        guard !bytes.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return false }
        guard !isIPv4(bucket) else { return false }
        return dots ? isValidWithSubdomains(bucket) : isValid(bucket)
    }

    /// Whether the text is four decimal numbers of at most 255 between dots.
    public static func isIPv4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit) && UInt8(part) != nil
            }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    var isLetterOrDigit: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
