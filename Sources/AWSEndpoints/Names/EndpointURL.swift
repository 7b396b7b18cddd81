/// The address of a server: scheme, host, port and base path, with nothing else allowed in it.
public struct EndpointURL: Hashable, Sendable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// The host, an IPv6 address in brackets.
    public let host: String
    /// The port, nil when it is the scheme's own.
    public let port: Int?
    /// The path without a slash at its end: empty, or beginning with a slash.
    public let path: String

    /// Parses an http or https URL; nil when the scheme is another one, when host or port cannot be such, or when
    /// there is user information, a query or a fragment (none of which an endpoint can have).
    public init?(_ text: String) {
        guard let separator = text.utf8.firstRange(of: "://".utf8) else { return nil }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...]
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }) else { return nil }
        guard let (host, port) = Self.split(authority) else { return nil }
        self.scheme = scheme
        self.host = host
        self.port = port == (scheme == "https" ? 443 : 80) ? nil : port
        self.path = String(path.reversed().drop { $0 == "/" }.reversed())
    }

    init(scheme: String, host: String, port: Int?, path: String) {
        (self.scheme, self.host, self.port, self.path) = (scheme, host, port, path)
    }

    /// `host` or `host:port`: what the `Host` header says.
    public var authority: String { port.map { "\(host):\($0)" } ?? host }

    /// Whether the host is an IP address, which cannot have a bucket in front of it.
    public var isIPAddress: Bool { host.hasPrefix("[") || HostLabel.isIPv4(host) }

    /// Whether the host is this machine: `localhost`, a name below it, or a loopback address.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || HostLabel.isIPv4(host) && host.hasPrefix("127.")
    }

    /// The URL, without a slash at its end.
    public var description: String { "\(scheme)://\(authority)\(path)" }

    private static func split(_ authority: Substring) -> (String, Int?)? {
        var host = authority
        var port: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let number = UInt16(authority[authority.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            host = authority[..<colon]
        }
        let isName = !host.isEmpty && host.utf8.allSatisfy {
            $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        }
        let isIPv6 = host.hasPrefix("[") && host.hasSuffix("]") && host.utf8.count > 3
            && host.dropFirst().dropLast().utf8.allSatisfy {
                $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
            }
        return isName || isIPv6 ? (host.lowercased(), port) : nil
    }
}
